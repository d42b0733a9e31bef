#include "engine/activities/builtin/http_answer.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <algorithm>
#include <array>

namespace engine {

namespace {

using nlohmann::json;

// In the answer, a body stands one level deeper than by itself.
constexpr JsonLimits bodyLimits{.depth = JsonLimits{}.depth - 2};

std::string jsonBody(const HttpAnswer &answer)
{
    const std::string_view body(answer.body.data(), std::size_t(answer.body.size()));
    if (body.empty())
        return "null";
    const auto type = answer.headers.find("content-type");
    const bool isJson = type == answer.headers.end() ||
                        QByteArray::fromStdString(type->second).toLower().contains("json");
    if (isJson) {
        if (const auto parsed = JsonText::parse(body, bodyLimits))
            return parsed->text();
    }
    return JsonText::ofString(body).text();
}

std::string jsonHeaders(const HttpAnswer &answer)
{
    json headers = json::object();
    for (const auto &[name, value] : answer.headers)
        headers[name] = value;
    return JsonText::of(headers).text();
}

bool mayPass(int status)
{
    constexpr std::array passing{408, 425, 429};
    return status >= 500 || std::ranges::find(passing, status) != passing.end();
}

} // namespace

Failure httpFailure(const std::string &message, bool retriable)
{
    return {.type = "HttpError", .message = "http: " + message, .retriable = retriable};
}

ActivityOutcome outcomeOf(const HttpAnswer &answer, const std::string &place)
{
    if (answer.status == 0)
        return httpFailure(answer.fault + " (" + place + ")", true);
    auto result = JsonText::parse("{\"status\":" + std::to_string(answer.status) + ",\"headers\":" +
                                  jsonHeaders(answer) + ",\"body\":" + jsonBody(answer) + "}");
    if (!result)
        return httpFailure("the answer cannot be kept: " + result.error().message, false);
    if (!answer.fault.empty())
        return httpFailure("the answer broke off: " + answer.fault, true);
    if (answer.status < 400 && !answer.leadsElsewhere)
        return *std::move(result);
    Failure failure = httpFailure(answer.leadsElsewhere
                                      ? "the server leads to another place, which is not followed"
                                      : "the server answered " + std::to_string(answer.status),
        mayPass(answer.status));
    failure.details = *std::move(result);
    return failure;
}

} // namespace engine
