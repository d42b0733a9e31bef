#pragma once

#include "tests/engine/rest/rest_fixture.h"

#include <nlohmann/json.hpp>

namespace tests {

inline const QByteArray webhook = "/runtime/webhooks/durabletask/";
inline const QByteArray jsonType = "Content-Type: application/json\r\n";

inline nlohmann::json parsed(const HttpAnswer &answer)
{
    return nlohmann::json::parse(answer.body.toStdString());
}

/// What every answer with an error object of an exception looks like.
inline QByteArray exceptionBody(
    const QByteArray &message, const QByteArray &explanation, const QByteArray &type)
{
    return R"({"Message":")" + message + R"(","ExceptionMessage":")" + explanation +
           R"(","ExceptionType":")" + type + R"(","StackTrace":null})";
}

inline QByteArray badArgument(const QByteArray &explanation)
{
    return exceptionBody("One or more of the arguments submitted is incorrect", explanation,
        "System.ArgumentException");
}

inline QByteArray fault(const QByteArray &explanation)
{
    return exceptionBody("Something went wrong while processing your request", explanation,
        "System.InvalidOperationException");
}

} // namespace tests
