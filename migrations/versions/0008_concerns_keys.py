"""The safe space: what a batch is sealed for, and how large the organisation was seen to be."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Batches from before keep their messages under the vault's key, which still opens them."""
    op.add_column("concerns_batch", sa.Column("sealing_key", sa.LargeBinary(32)))
    op.add_column("concerns_batch", sa.Column("members", sa.Integer))
