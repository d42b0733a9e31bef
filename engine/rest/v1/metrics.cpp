#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"

#include <array>
#include <charconv>

namespace engine {

namespace {

std::string numberText(double value)
{
    std::array<char, 64> digits{};
    const auto end =
        std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed).ptr;
    return {digits.begin(), end};
}

/// A label's value between its quotes.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '\n')
            result += "\\n";
        else if (c == '"' || c == '\\')
            result += {'\\', c};
        else
            result += c;
    }
    return result;
}

/// Prometheus' text format 0.0.4: families of samples, each after its help and type.
class Exposition
{
public:
    void family(std::string_view name, std::string_view type, std::string_view help)
    {
        m_name = name;
        m_text += "# HELP " + m_name + ' ' + std::string(help) + "\n# TYPE " + m_name + ' ' +
                  std::string(type) + '\n';
    }
    /// `labels` as `{a="b"}`, or empty.
    void sample(std::int64_t value, const std::string &labels = {})
    {
        line({}, labels, std::to_string(value));
    }
    void single(std::string_view name, std::string_view type, std::string_view help,
        std::int64_t value)
    {
        family(name, type, help);
        sample(value);
    }
    void histogram(const TimeHistogram &times)
    {
        std::int64_t count = 0;
        for (std::size_t i = 0; i < times.counts.size(); ++i) {
            count += times.counts.at(i);
            const bool isLast = i == TimeHistogram::boundsInSeconds.size();
            line("_bucket",
                "{le=\"" +
                    (isLast ? "+Inf" : numberText(TimeHistogram::boundsInSeconds.at(i))) + "\"}",
                std::to_string(count));
        }
        line("_sum", {}, numberText(times.sumInSeconds));
        line("_count", {}, std::to_string(count));
    }
    std::string finish() && { return std::move(m_text); }

private:
    void line(std::string_view suffix, const std::string &labels, const std::string &value)
    {
        m_text += m_name + std::string(suffix) + labels + ' ' + value + '\n';
    }

    std::string m_text;
    std::string m_name;
};

void addInstances(Exposition &text, const std::vector<InstanceCounts> &flows)
{
    text.family("signalbox_instances", "gauge", "Instances by flow and state.");
    for (const InstanceCounts &counts : flows) {
        const auto add = [&](std::string_view state, std::int64_t count) {
            text.sample(count, "{flow=\"" + escaped(counts.flow.value) + "\",state=\"" +
                                   std::string(state) + "\"}");
        };
        add("waiting", counts.waiting);
        add("running", counts.running);
        add("suspended", counts.suspended);
        add("completed", counts.completed);
        add("failed", counts.failed);
        add("terminated", counts.terminated);
    }
}

void addEngine(Exposition &text, const EngineMeters &engine)
{
    text.single("signalbox_up", "gauge", "Whether the engine runs.", engine.running ? 1 : 0);
    text.single("signalbox_messages_total", "counter",
        "Messages from outside: starts, events, operations.", engine.messages);
    text.single("signalbox_messages_refused_total", "counter",
        "Those of them that were refused because the inbox was full.", engine.refused);
    text.single("signalbox_inbox_messages", "gauge", "Messages from outside without an answer.",
        engine.waiting);
    text.single("signalbox_inbox_limit", "gauge", "How many of those there may be.",
        engine.mostWaiting);
    text.single("signalbox_decisions_total", "counter", "Decisions about instances.",
        engine.decisions);
    text.single("signalbox_facts_total", "counter", "Facts that were added to histories.",
        engine.facts);
    text.family("signalbox_commit_seconds", "histogram", "How long a commit took.");
    text.histogram(engine.commitTime);
    addInstances(text, engine.instances);
    text.single("signalbox_database_bytes", "gauge", "Size of the database.", engine.databaseBytes);
    text.single("signalbox_database_log_bytes", "gauge",
        "Size of the log in front of the database.", engine.logBytes);
}

void addPort(Exposition &text, const RestMeter &meter, std::size_t streams)
{
    text.family("signalbox_http_requests_total", "counter", "Requests that were answered.");
    for (const auto &[status, count] : meter.answers)
        text.sample(count, "{status=\"" + std::to_string(status) + "\"}");
    text.family("signalbox_http_request_seconds", "histogram",
        "From the last byte of a request to its answer.");
    text.histogram(meter.time);
    text.single("signalbox_streams", "gauge", "Readers of the stream.",
        static_cast<std::int64_t>(streams));
}

} // namespace

void addMetricsRoutes(Router &router, const V1Context &context)
{
    router.add("GET", "api/v1/metrics", [context](Exchange &exchange) {
        if (auto known = onlyParameters(exchange.query(), {}); !known)
            return exchange.answer(problemAnswer(known.error()));
        context.door.meters.meters(
            exchange.then<EngineMeters>([&exchange, context](auto engine) {
                if (!engine)
                    return exchange.answer(problemAnswer(engine.error()));
                Exposition text;
                addEngine(text, *engine);
                addPort(text, *context.meter, context.streams->count());
                exchange.answer({200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                    std::move(text).finish()});
            }));
    });
}

} // namespace engine
