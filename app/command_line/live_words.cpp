#include "app/command_line/live_words.h"

#include "app/command_line/api_path.h"
#include "app/command_line/connection.h"
#include "app/command_line/json_fields.h"

#include <algorithm>

namespace app {
namespace {

using nlohmann::json;

/// Whoever writes a command line does not wait longer.
constexpr int patienceMs = 1000;
constexpr const char *most = "200";

std::string instancesPath(const OpenWord &word)
{
    std::string states(word.form.words);
    std::ranges::replace(states, ' ', ',');
    return QueryPath("/api/v1/instances")
        .add("limit", most)
        .add("idPrefix", word.begin)
        .add("status", states)
        .text();
}

/// Where it stands; empty if it cannot be known.
std::string pathOf(const OpenWord &word)
{
    const std::string about = word.before.empty() ? std::string() : word.before.front();
    switch (word.form.offer) {
    case Offer::Flows: return "/api/v1/flows";
    case Offer::Instances: return instancesPath(word);
    case Offer::Tasks: return QueryPath("/api/v1/tasks").add("limit", most).text();
    case Offer::Keys: return "/api/v1/keys";
    case Offer::Webhooks: return "/api/v1/webhooks";
    case Offer::Undelivered: return QueryPath("/api/v1/undelivered").add("limit", most).text();
    case Offer::AwaitedEvents:
    case Offer::Steps: return about.empty() ? about : instancePath(about);
    case Offer::Outcomes: return about.empty() ? about : taskPath(about);
    default: return {};
    }
}

using Words = std::vector<Candidate>;

/// A list of objects, one of whose members is the word.
struct ListForm {
    const char *list;
    const char *word;
    std::vector<const char *> meaning; ///< members, with a blank between
};

Words wordsOf(const json &body, const ListForm &form)
{
    Words words;
    for (const json &row : body.at(form.list)) {
        std::string meaning;
        for (const char *name : form.meaning) {
            const std::string part = field(row, name);
            meaning += (meaning.empty() || part.empty() ? "" : " ") + part;
        }
        words.push_back({field(row, form.word), meaning});
    }
    return words;
}

Words awaitedEvents(const json &instance)
{
    Words words;
    for (const json &wait : instance.at("waits"))
        for (const json &name : wait.at("events"))
            words.push_back({name.get<std::string>(), "at " + field(wait, "step")});
    return words;
}

Words wordsOf(const OpenWord &word, const json &body)
{
    switch (word.form.offer) {
    case Offer::Flows: return wordsOf(body, {"flows", "flow", {"version"}});
    case Offer::Instances:
        return wordsOf(body, {"instances", "instance", {"flow", "version", "status", "standsOn"}});
    case Offer::Tasks: return wordsOf(body, {"tasks", "id", {"title", "instance"}});
    case Offer::Keys: return wordsOf(body, {"keys", "label", {"scope"}});
    case Offer::Webhooks: return wordsOf(body, {"webhooks", "path", {}});
    case Offer::Undelivered:
        return wordsOf(body, {"undelivered", "id", {"name", "instance", "reason"}});
    case Offer::AwaitedEvents: return awaitedEvents(body);
    case Offer::Steps: return wordsOf(body, {"branches", "step", {"branch"}});
    case Offer::Outcomes: return wordsOf(body, {"outcomes", "name", {"kind"}});
    default: return {};
    }
}

} // namespace

std::vector<Candidate> liveWords(const OpenWord &word)
{
    const std::string path = pathOf(word);
    if (path.empty())
        return {};
    const auto place = Connection::running(word.target, patienceMs);
    if (!place)
        return {};
    const auto reply = callApi(*place, {.path = path, .patienceMs = patienceMs});
    if (!reply || !reply->isDone())
        return {};
    try {
        return wordsOf(word, json::parse(reply->body));
    } catch (const json::exception &) {
        return {};
    }
}

} // namespace app
