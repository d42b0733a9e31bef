#pragma once

#include "engine/base/result.h"
#include "engine/history/logged_change.h"
#include "engine/store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// What a turn changes, without ids, in the order in which it is written; but those that it purges,
/// whose names only the store knows.
std::vector<LoggedChange> changesOf(const Turn &turn);

/// As a row of the log has them: `RUN FROM TO`, or `RUN - INSTANCE`, one a line.
std::string changesToText(const std::vector<LoggedChange> &changes);
/// The same again, with ids of which the last is `last`. Damaged if it is no such text.
Result<std::vector<LoggedChange>> changesFromText(std::string_view text, std::int64_t last);

} // namespace engine
