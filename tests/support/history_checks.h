#pragma once

#include "engine/history/history_event.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// What in a history breaks the promises that hold for every history: facts follow each other, an
/// event is accepted once for its id and taken once, a wait takes no more than it needs, a timer
/// fires once and not before its time, an activity has one last word, branches run in open
/// regions and leave nothing open behind, nothing follows the end.
std::vector<std::string> brokenRules(const std::vector<engine::HistoryRow> &rows);

/// What a history says about what was accepted.
struct HistoryMarks {
    std::set<std::string> eventIds;
    bool terminated = false;
};
HistoryMarks marksOf(const std::vector<engine::HistoryRow> &rows);

/// Attempts whose outcome was taken, as (attempt, task).
std::vector<std::pair<int, engine::Sequence>> concludedAttempts(
    const std::vector<engine::HistoryRow> &rows);

} // namespace tests
