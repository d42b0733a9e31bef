#pragma once

#include "engine/base/error.h"
#include "engine/door/door.h"
#include "engine/model/problem.h"
#include "engine/rest/exchange.h"
#include "engine/rest/rest_message.h"

#include <string_view>
#include <vector>

namespace engine {

/// `application/problem+json` (RFC 9457) with a stable `type`, what happened and what to do.
RestResponse problemAnswer(const Error &error);
/// The same for what is no error of the engine: a wrong key, a wrong verb, a limit.
RestResponse problemAnswer(int status, std::string_view detail);
/// A flow that was not deployed, and why.
RestResponse flowRefused(const std::vector<Problem> &problems);

/// What was accepted: `{"instance", "run", "duplicate"}`.
RestResponse acceptedAnswer(int status, const Acceptance &acceptance);
/// Answers 202 with what was accepted, or why it was not.
Completion<Acceptance> acceptedThen(Exchange &exchange);
/// Answers 201 with who was started and where that is, or why it was not.
Completion<Acceptance> startedThen(Exchange &exchange);
/// A body in JSON.
RestResponse jsonAnswer(int status, std::string body);

} // namespace engine
