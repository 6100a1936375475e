"""The office hours: people offer their time, others see, book and cancel it, each in their own time zone."""
