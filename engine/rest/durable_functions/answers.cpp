#include "engine/rest/durable_functions/answers.h"

#include "engine/rest/error_status.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

RestResponse withException(
    int status, std::string_view message, std::string_view explanation, std::string_view type)
{
    JsonObjectWriter body;
    body.text("Message", message)
        .text("ExceptionMessage", explanation)
        .text("ExceptionType", type)
        .null("StackTrace");
    return durableJson(status, std::move(body).finish());
}

} // namespace

RestResponse durableEmpty(int status) { return {status, {}, {}}; }

RestResponse durableMessage(int status, std::string_view message)
{
    JsonObjectWriter body;
    body.text("Message", message);
    RestResponse response = durableJson(status, std::move(body).finish());
    if (status == 503)
        response.headers.emplace_back("Retry-After", "1");
    return response;
}

RestResponse durableBadArgument(std::string_view explanation)
{
    return durableBadArgument("One or more of the arguments submitted is incorrect", explanation);
}

RestResponse durableBadArgument(std::string_view message, std::string_view explanation)
{
    return withException(400, message, explanation, "System.ArgumentException");
}

RestResponse durableFault(std::string_view explanation)
{
    return withException(500, "Something went wrong while processing your request", explanation,
        "System.InvalidOperationException");
}

RestResponse durableBadJson(std::string_view explanation)
{
    return withException(
        400, "Invalid JSON content", explanation, "Newtonsoft.Json.JsonReaderException");
}

RestResponse durableError(const Error &error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::Finished: return durableEmpty(statusOf(error.code));
    case ErrorCode::InvalidArgument: return durableBadArgument(error.message);
    case ErrorCode::Damaged: return durableFault(error.message);
    default: return durableMessage(statusOf(error.code), error.message);
    }
}

RestResponse durableJson(int status, std::string body)
{
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

} // namespace engine
