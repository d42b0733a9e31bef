#pragma once

#include "engine/base/error.h"
#include "engine/rest/rest_message.h"

#include <string>
#include <string_view>

namespace engine {

/// No body at all: 202 after an operation, 404, 410.
RestResponse durableEmpty(int status);
/// `{"Message": …}`.
RestResponse durableMessage(int status, std::string_view message);
/// 400 for an argument that is wrong, with what is wrong as the exception's message.
RestResponse durableBadArgument(std::string_view explanation);
/// 400 with a message of its own; the explanation is the exception's.
RestResponse durableBadArgument(std::string_view message, std::string_view explanation);
/// 500 for what went wrong, or is not possible in the state that something is in.
RestResponse durableFault(std::string_view explanation);
RestResponse durableBadJson(std::string_view explanation);
/// An error of the engine in the words of this API; unknown and finished instances are empty.
RestResponse durableError(const Error &error);
RestResponse durableJson(int status, std::string body);

} // namespace engine
