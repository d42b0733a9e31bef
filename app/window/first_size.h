#pragma once

#include <QSize>

namespace app {

/// How large the window is before somebody has made it otherwise: what the screen has left for it,
/// without a title bar's height, and no more than is comfortable.
inline QSize firstSize(QSize available)
{
    constexpr QSize comfortable{1440, 900};
    constexpr int titleBar = 40;
    return comfortable.boundedTo(available - QSize(0, titleBar));
}

} // namespace app
