// How Teams sets its cards: sizes, spaces and colours, as near as they can be seen in its own cards.
const light = {
  paper: "#ffffff", ink: "#242424", quiet: "#616161", line: "#e0e0e0", raised: "#f5f5f5",
  accent: "#5b5fc7", good: "#237b4b", warning: "#835c00", attention: "#c4314b", alert: "#fcf4f6",
};
const dark = {
  paper: "#292929", ink: "#ffffff", quiet: "#adadad", line: "#474747", raised: "#1f1f1f",
  accent: "#9299f7", good: "#92c353", warning: "#f8d22a", attention: "#f9526b", alert: "#3e1f25",
};

const colour = (of, quiet) => ({ default: of, subtle: quiet ?? of });

const container = (paint, background) => ({
  backgroundColor: background,
  foregroundColors: {
    default: colour(paint.ink, paint.quiet),
    accent: colour(paint.accent),
    good: colour(paint.good),
    warning: colour(paint.warning),
    attention: colour(paint.attention),
  },
});

const sizes = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 };
const weights = { lighter: 300, default: 400, bolder: 600 };
const font = (fontFamily) => ({ fontFamily, fontSizes: sizes, fontWeights: weights });

export const config = (theme) => {
  const paint = theme === "dark" ? dark : light;
  return {
    supportsInteractivity: true,
    fontFamily: '"Segoe UI", Lato, "Noto Color Emoji", sans-serif',
    fontTypes: {
      default: font('"Segoe UI", Lato, "Noto Color Emoji", sans-serif'),
      monospace: font('Consolas, "DejaVu Sans Mono", monospace'),
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: paint.line },
    fontSizes: sizes,
    fontWeights: weights,
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: container(paint, paint.paper),
      emphasis: container(paint, paint.raised),
      attention: container(paint, paint.alert),
    },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      showCard: { actionMode: "inline", inlineTopMargin: 16, style: "emphasis" },
    },
    factSet: {
      title: { weight: "bolder", wrap: true, maxWidth: 150 },
      value: { wrap: true },
      spacing: 16,
    },
    textStyles: { heading: { size: "large", weight: "bolder" } },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
        optionalInputs: { weight: "bolder" },
      },
      errorMessage: { color: "attention", size: "small" },
    },
  };
};
