#pragma once

#include "engine/base/calendar.h"

#include <QString>

namespace designer {

/// `3 d`, `1 h 30 min`, `2 months`: at most `most` units, the largest first; smaller ones are cut.
QString shortDuration(const engine::Duration &duration, int most = 3);
/// The same for a measured time; under ten seconds with a tenth: `7.1 s`.
QString shortDuration(engine::Milliseconds duration, int most = 3);
/// `0:07`, `12:30`, `1:05:09`: a time that runs.
QString runningTime(engine::Milliseconds duration);

} // namespace designer
