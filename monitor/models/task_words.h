#pragma once

#include "engine/door/tasks_door.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace engine {
struct Flow;
}

namespace monitor {

// What the inbox calls things on screen. Translated, local time, QLocale.

/// The parts of the inbox, in their order.
enum class DueGroup { Overdue, Today, Later, NoLimit };

DueGroup dueGroup(const engine::TaskSummary &task, engine::Instant now);
QString groupWord(DueGroup group);
/// `today 17:00`, `Wed 09:00`, `no limit`.
QString dueWord(const engine::TaskSummary &task, engine::Instant now);
/// `asked 3 h ago`.
QString askedWord(const engine::TaskSummary &task, engine::Instant now);
/// `ExpenseApproval · Manager OK`.
QString placeWord(const engine::TaskSummary &task, const engine::Flow *flow);
/// Who has claimed it, else who is asked; with how many have answered.
QString peopleWord(const engine::TaskSummary &task);
/// `the first answer decides`.
QString policyWord(const engine::ApprovalStep &approval);
/// What happens when it is due, or nothing.
QString thenWord(const engine::ApprovalStep &approval, const engine::Flow *flow);
/// What a button says for an outcome.
QString outcomeWord(const engine::ApprovalOutcome &outcome);
/// Why the task is no longer open.
QString closedWord(const engine::TaskDetail &detail);
/// What has happened to the task, oldest first.
std::vector<std::pair<engine::Instant, QString>> historyWords(const engine::TaskDetail &detail);

bool needsComment(const engine::ApprovalStep &approval, const engine::ApprovalOutcome &outcome);
/// The first outcome of `kind`; nullptr: there is none.
const engine::ApprovalOutcome *firstOutcome(
    const engine::ApprovalStep &approval, engine::OutcomeKind kind);

} // namespace monitor
