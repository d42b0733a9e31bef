#pragma once

#include <QString>

namespace app {

/// From now on log lines go to standard error, and to `file` if one is named; one line each with
/// time, level and category. A file over 4 MB is renamed to `*.1` first.
void writeLogs(const QString &file = {});

} // namespace app
