#pragma once

#include "app/widgets/badge.h"
#include "engine/base/clock.h"
#include "engine/history/instance_summary.h"

#include <QString>

#include <optional>

namespace engine {
struct Flow;
}

namespace monitor {

// What the monitor calls things on screen. Translated, local time, QLocale.

/// `waiting` is a badge of its own: a running instance with nothing to do (semantics 1.3).
app::Badge badgeOf(const engine::InstanceSummary &instance);
/// `OrderFulfillment v8`.
QString flowWord(const engine::InstanceSummary &instance);
/// What it waits for, runs, or how it ended.
QString standsOnWord(const engine::InstanceSummary &instance);
/// `Thu 22:41`, `19 Nov, 14:54`: as short as its distance from now allows.
QString timeWord(engine::Instant instant);
/// The whole moment, for tool tips.
QString exactTimeWord(engine::Instant instant);
/// `6 s`, `11 min`, `1 d 5 h`: at most two units.
QString durationWord(engine::Milliseconds duration);
/// Name of a step in `flow`, or its id.
QString stepWord(const engine::StepId &step, const engine::Flow *flow);
/// `waiting` steps with nothing else: `until 14:54` or `no limit`.
QString untilWord(const std::optional<engine::Instant> &until);

} // namespace monitor
