#pragma once

#include "app/widgets/theme.h"

#include <QString>

namespace app {

/// resources/theme.qss with every token filled in for `theme`.
QString styleSheet(ThemeKind theme);

/// `text` with `@token`, `@token/percent`, `@outline` and `icon(name, token)` replaced. A name that
/// the theme does not know stays as it is, so that a test can find it.
QString filledTemplate(const QString &text, ThemeKind theme);

} // namespace app
