#pragma once

#include "app/widgets/theme.h"

#include <QRgb>

#include <span>

namespace app {

/// One row of the table: the name in code, the name in the style sheet, the value in each theme.
struct NamedColor {
    Color name;
    const char *token;
    QRgb values[3];
};

/// Every colour of every theme, in the order of `Color`.
std::span<const NamedColor> themeColors();

} // namespace app
