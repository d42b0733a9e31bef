#include "engine/rest/v1/answers.h"

#include "engine/rest/error_status.h"
#include "engine/wire/json_writer.h"
#include "engine/wire/problem_json.h"

#include <algorithm>

namespace engine {

namespace {

JsonObjectWriter problemOf(int status, std::string_view word, std::string_view detail)
{
    JsonObjectWriter problem;
    problem.text("type", "urn:signalbox:problem:" + std::string(word))
        .text("title", reasonOf(status))
        .number("status", status)
        .text("detail", detail);
    return problem;
}

RestResponse answerWith(int status, JsonObjectWriter problem)
{
    RestResponse response{
        status, {{"Content-Type", "application/problem+json"}}, std::move(problem).finish()};
    if (status == 503)
        response.headers.emplace_back("Retry-After", "1");
    if (status == 401)
        response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

/// `Not Found` is `not-found`.
std::string wordOfStatus(int status)
{
    std::string word = lowerCase(reasonOf(status));
    std::ranges::replace(word, ' ', '-');
    return word;
}

} // namespace

RestResponse problemAnswer(const Error &error)
{
    const int status = statusOf(error.code);
    JsonObjectWriter problem = problemOf(status, wordOf(error.code), error.message);
    if (!error.pointer.empty())
        problem.text("pointer", error.pointer);
    return answerWith(status, std::move(problem));
}

RestResponse problemAnswer(int status, std::string_view detail)
{
    return answerWith(status, problemOf(status, wordOfStatus(status), detail));
}

RestResponse flowRefused(const std::vector<Problem> &problems)
{
    const auto errors = std::ranges::count(problems, Severity::Error, &Problem::severity);
    JsonObjectWriter problem = problemOf(422, "flow-refused",
        "the flow has " + std::to_string(errors) + (errors == 1 ? " error" : " errors") +
            "; nothing was deployed. Mend what 'problems' "
            "lists and deploy again");
    problem.raw("problems", toJsonText(problems));
    return answerWith(422, std::move(problem));
}

RestResponse acceptedAnswer(int status, const Acceptance &acceptance)
{
    JsonObjectWriter body;
    body.text("instance", acceptance.instance.value)
        .number("run", acceptance.run.value)
        .boolean("duplicate", acceptance.duplicate);
    return jsonAnswer(status, std::move(body).finish());
}

Completion<Acceptance> acceptedThen(Exchange &exchange)
{
    return exchange.then<Acceptance>([&exchange](auto accepted) {
        exchange.answer(
            accepted ? acceptedAnswer(202, *accepted) : problemAnswer(accepted.error()));
    });
}

Completion<Acceptance> startedThen(Exchange &exchange)
{
    return exchange.then<Acceptance>([&exchange](auto started) {
        if (!started)
            return exchange.answer(problemAnswer(started.error()));
        RestResponse response = acceptedAnswer(201, *started);
        response.headers.emplace_back(
            "Location", "/api/v1/instances/" + segmentEncoded(started->instance.value));
        exchange.answer(std::move(response));
    });
}

RestResponse jsonAnswer(int status, std::string body)
{
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

} // namespace engine
