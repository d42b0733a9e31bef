#include "engine/activities/builtin/emit_activity.h"

#include <QString>
#include <QUrl>

#include <nlohmann/json.hpp>

#include <utility>

namespace engine {
namespace {

using nlohmann::json;

std::string percentEncoded(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

json eventFrom(const ActivityRequest &request, const json &with)
{
    json event{{"specversion", "1.0"}, {"id", toText(request.key)},
        {"source", "/instances/" + percentEncoded(request.instance.value)},
        {"type", with.at("type")}};
    if (with.contains("time"))
        event["time"] = with.at("time");
    if (with.contains("data")) {
        event["datacontenttype"] = "application/json";
        event["data"] = with.at("data");
    }
    return event;
}

} // namespace

void EmitActivity::start(const ActivityRequest &request, ActivityDone done)
{
    const json with = request.with.tree();
    if (!with.is_object() || !with.contains("url") || !with.contains("type") ||
        !with["type"].is_string() || with["type"].get<std::string>().empty())
        return done(Failure{.type = "ValidationError",
            .message = "emit: it needs 'url' and the text 'type'",
            .retriable = false});
    ActivityRequest post = request;
    post.with = JsonText::of({{"method", "POST"}, {"url", with["url"]},
        {"headers", {{"Content-Type", "application/cloudevents+json; charset=utf-8"}}},
        {"body", eventFrom(request, with)}});
    m_http->start(post, [done = std::move(done)](ActivityOutcome outcome) {
        // Whoever emits does not wait for an answer, only for its arrival.
        done(std::holds_alternative<JsonText>(outcome) ? JsonText() : std::move(outcome));
    });
}

void EmitActivity::cancel(const ActivityKey &key) { m_http->cancel(key); }

} // namespace engine
