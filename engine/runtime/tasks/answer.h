#pragma once

#include "engine/base/error.h"
#include "engine/history/source.h"
#include "engine/model/step.h"

#include <optional>
#include <string>
#include <variant>

namespace engine {

/// A payload read as an answer to an approval (semantics 6.3), whoever asked.
struct AnswerParts {
    std::optional<bool> agrees; ///< `true`, `"true"`, `{"approved": true}`
    std::string outcome;        ///< a bare name, or member `outcome`
    std::string by;
    JsonText comment; ///< a string, or `null`
    JsonText data;    ///< member `data`; without it an object of all that is not said above, if any
    std::string fault; ///< why it is no answer at all: a sentence; empty if it is one
};

AnswerParts answerParts(const JsonText &payload);

/// An answer that its approval understands.
struct GivenAnswer {
    const ApprovalOutcome *outcome = nullptr; ///< of the approval
    std::string by;                           ///< never empty
    JsonText comment;
    JsonText data;
};

/// InvalidArgument says what the approval wants instead; `pointer` is into the payload. Who answers
/// is `by`, else the source's name, else the way it came (semantics 6.6).
std::variant<GivenAnswer, Error> answerFrom(
    const ApprovalStep &approval, const JsonText &payload, const Source &source);

/// The payload of an answer that is given by its parts.
JsonText payloadOfAnswer(const std::string &outcome, const std::string &comment,
    const JsonText &data, const std::string &by);

/// Whoever acts on a task: `by`, else the source's name, else the way it came.
std::string actor(const std::string &by, const Source &source);

} // namespace engine
