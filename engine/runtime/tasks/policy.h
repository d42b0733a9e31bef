#pragma once

#include "engine/base/error.h"
#include "engine/model/step.h"
#include "engine/runtime/instance_state.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

// Whose answers decide an approval (semantics 6.2). Names of people are the same without regard to
// the case of ASCII letters, so that nobody counts twice.

using People = std::vector<std::string>;

/// Those of `assignees` who have not answered, in their order.
People stillAsked(const People &assignees, const std::vector<Answer> &answers);

/// Why `by` cannot answer now: WrongState if it is claimed by another or `by` has answered;
/// NotAllowed if others are asked. Nothing: it can.
std::optional<Error> whyMayNot(const ApprovalStep &approval, const OpenApproval &task,
    const std::vector<Answer> &answers, const std::string &by);

/// Why an approval does not take a payload as an answer: as answerFrom() and whyMayNot() say it. Nothing:
/// it does.
std::optional<Error> whyNoAnswer(const ApprovalStep &approval, const OpenApproval &task,
    const std::vector<Answer> &answers, const JsonText &payload, const Source &source);

/// The outcome that the answers amount to; empty: not decided yet. Who agrees gives a positive
/// outcome. With enough of them it is the positive outcome that was given most often; once enough
/// cannot come any more, so it is with the negative ones, or, if there are none, the neutral ones. Of
/// equals the one given last.
std::string decidedBy(
    const ApprovalStep &approval, const People &assignees, const std::vector<Answer> &answers);

/// Why so many people cannot decide it: a sentence; empty if they can.
std::string whyTooFew(const ApprovalStep &approval, const People &assignees);

/// `assignees` with `to` in place of `from`, or, if that is empty, of all who have not answered.
/// Nobody stands there twice.
People exchanged(const People &assignees, const std::vector<Answer> &answers,
    std::string_view from, const People &to);
/// `assignees` and `others`, nobody twice.
People withOthers(People assignees, const People &others);
bool isAmong(const People &people, std::string_view name);

} // namespace engine
