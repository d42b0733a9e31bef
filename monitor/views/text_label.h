#pragma once

#include "app/widgets/theme.h"

class QLabel;

namespace monitor {

/// A label for text that somebody else wrote: never taken for markup, wrapped, selectable. `role` as in
/// theme.h.
QLabel *textLabel(app::Type type, const char *role = nullptr);

} // namespace monitor
