"""Adaptive Cards 1.5 as Teams draws them: what kinds of elements there are, what each may hold, and which values."""

from collections.abc import Mapping
from types import MappingProxyType


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_PLACED = "type id isVisible separator spacing height fallback requires "
_TYPED = "type color fontType isSubtle size weight text "
_PRESSED = "type id title iconUrl style fallback tooltip isEnabled mode requires "
_ASKED = _PLACED + "label isRequired errorMessage value "
_HELD = "style verticalContentAlignment bleed backgroundImage minHeight rtl selectAction "

PROPERTIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "AdaptiveCard": _words(
            "type version $schema body actions fallbackText msteams lang speak minHeight rtl selectAction refresh"
            " authentication backgroundImage verticalContentAlignment"
        ),
        "TextBlock": _words(_PLACED + _TYPED + "horizontalAlignment maxLines wrap style"),
        "RichTextBlock": _words(_PLACED + "inlines horizontalAlignment"),
        "TextRun": _words(_TYPED + "highlight italic selectAction strikethrough underline"),
        "Image": _words(_PLACED + "url altText backgroundColor horizontalAlignment selectAction size style width"),
        "ImageSet": _words(_PLACED + "images imageSize"),
        "FactSet": _words(_PLACED + "facts"),
        "Fact": _words("type title value"),
        "Container": _words(_PLACED + _HELD + "items"),
        "ColumnSet": _words(_PLACED + "columns selectAction style bleed minHeight horizontalAlignment"),
        "Column": _words(_PLACED + _HELD + "items width"),
        "ActionSet": _words(_PLACED + "actions"),
        "Table": _words(
            _PLACED + "columns rows firstRowAsHeaders showGridLines gridStyle"
            " horizontalCellContentAlignment verticalCellContentAlignment"
        ),
        "TableRow": _words("type cells style horizontalCellContentAlignment verticalCellContentAlignment"),
        "TableCell": _words("type items " + _HELD),
        "Input.Text": _words(_ASKED + "isMultiline maxLength placeholder regex style inlineAction"),
        "Input.Number": _words(_ASKED + "max min placeholder"),
        "Input.Date": _words(_ASKED + "max min placeholder"),
        "Input.Time": _words(_ASKED + "max min placeholder"),
        "Input.Toggle": _words(_ASKED + "title valueOff valueOn wrap"),
        "Input.ChoiceSet": _words(_ASKED + "choices choices.data isMultiSelect style placeholder wrap"),
        "Choice": _words("title value"),
        "Action.Execute": _words(_PRESSED + "verb data associatedInputs"),
        "Action.Submit": _words(_PRESSED + "data associatedInputs"),
        "Action.OpenUrl": _words(_PRESSED + "url"),
        "Action.ToggleVisibility": _words(_PRESSED + "targetElements"),
        "TargetElement": _words("type elementId isVisible"),
    }
)
"""What each kind may hold. A card inside a card (Action.ShowCard) and Media are left out: we draw neither."""

NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "TextBlock": _words("text"),
        "RichTextBlock": _words("inlines"),
        "TextRun": _words("text"),
        "Image": _words("url"),
        "FactSet": _words("facts"),
        "Fact": _words("title value"),
        "Container": _words("items"),
        "ActionSet": _words("actions"),
        "Choice": _words("title value"),
        "Input.ChoiceSet": _words("choices"),
        "Input.Toggle": _words("title"),
        "Action.OpenUrl": _words("url"),
        "Action.ToggleVisibility": _words("targetElements"),
        "TargetElement": _words("elementId"),
    }
)

INSIDE: Mapping[str, str] = MappingProxyType(
    {
        "inlines": "TextRun",
        "facts": "Fact",
        "choices": "Choice",
        "targetElements": "TargetElement",
        "images": "Image",
        "cells": "TableCell",
        "rows": "TableRow",
        "items": "",
        "body": "",
        "actions": "",
    }
)
"""Lists inside an element, and of which kind each thing in them is, where it need not say so."""

_COLOURS = _words("default dark light accent good warning attention")
_ALIGNED = _words("left center right")
_UPRIGHT = _words("top center bottom")
_TEXT_SIZES = _words("default small medium large extraLarge")
_BOXES = _words("default emphasis good attention warning accent")

VALUES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "color": _COLOURS,
        "fontType": _words("default monospace"),
        "weight": _words("default lighter bolder"),
        "spacing": _words("none small default medium large extraLarge padding"),
        "horizontalAlignment": _ALIGNED,
        "horizontalCellContentAlignment": _ALIGNED,
        "verticalContentAlignment": _UPRIGHT,
        "verticalCellContentAlignment": _UPRIGHT,
        "mode": _words("primary secondary"),
        "associatedInputs": _words("auto none"),
        "imageSize": _words("auto stretch small medium large"),
        "gridStyle": _BOXES,
        "TextBlock.size": _TEXT_SIZES,
        "TextRun.size": _TEXT_SIZES,
        "Image.size": _words("auto stretch small medium large"),
        "TextBlock.style": _words("default heading"),
        "Image.style": _words("default person"),
        "Container.style": _BOXES,
        "ColumnSet.style": _BOXES,
        "Column.style": _BOXES,
        "TableRow.style": _BOXES,
        "TableCell.style": _BOXES,
        "Input.Text.style": _words("text tel url email password"),
        "Input.ChoiceSet.style": _words("compact expanded filtered"),
        "Action.Execute.style": _words("default positive destructive"),
        "Action.Submit.style": _words("default positive destructive"),
        "Action.OpenUrl.style": _words("default positive destructive"),
        "Action.ToggleVisibility.style": _words("default positive destructive"),
    }
)
"""The values of a property, of one kind alone where that stands before it."""

FLAGS = _words(
    "isVisible separator isSubtle wrap isRequired isMultiline isMultiSelect bleed rtl italic highlight strikethrough"
    " underline isEnabled firstRowAsHeaders showGridLines"
)
NUMBERS = _words("maxLines maxLength")
TEXTS = _words(
    "id text title label errorMessage placeholder altText tooltip fallbackText lang speak version verb url value"
    " valueOn valueOff elementId"
)
