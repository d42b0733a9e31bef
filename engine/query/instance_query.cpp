#include "engine/query/instance_query.h"

#include "engine/history/ascii_letters.h"
#include "engine/query/payload_match.h"
#include "engine/query/query_words.h"

#include <algorithm>
#include <optional>

namespace engine {
namespace {

bool containsName(std::string_view text, std::string_view part)
{
    return part.empty() || !std::ranges::search(text, part, {}, lowerAscii, lowerAscii).empty();
}

template<typename Value>
bool compares(const Value &value, QueryComparison comparison, const Value &wanted)
{
    switch (comparison) {
    case QueryComparison::Less: return value < wanted;
    case QueryComparison::AtMost: return value <= wanted;
    case QueryComparison::More: return value > wanted;
    case QueryComparison::AtLeast: return value >= wanted;
    default: return value == wanted;
    }
}

/// An id is exact: two may differ in the case of a letter.
bool meansId(std::string_view word, std::string_view id)
{
    return word.ends_with('*') ? id.starts_with(word.substr(0, word.size() - 1)) : id == word;
}

bool isNamed(const QueryTerm &term, std::string_view text)
{
    return std::ranges::any_of(term.words, [&](const std::string &word) {
        if (term.comparison == QueryComparison::Contains)
            return containsName(text, word);
        return term.field == QueryField::Id || term.field == QueryField::Parent
                   ? meansId(word, text)
                   : meansName(word, text);
    });
}

/// What a list shows of where an instance stands: `A, B +2` names the events of its first branch.
struct Place {
    std::vector<std::string_view> names;
    bool hasMore = false; ///< there are other branches
};

Place placeOf(const InstanceSummary &summary)
{
    Place place;
    std::string_view text = summary.standsOn;
    if (const auto more = text.rfind(" +"); more != std::string_view::npos) {
        place.hasMore = true;
        text = text.substr(0, more);
    }
    while (!text.empty()) {
        const auto comma = text.find(", ");
        place.names.push_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 2);
    }
    return place;
}

/// Whether the summary decides it; nothing: other branches may wait for it, or a task.
std::optional<bool> waitsAsListed(const QueryTerm &term, const InstanceSummary &summary)
{
    if (isFinished(summary.status))
        return false;
    if (std::ranges::find(term.words, "*") != term.words.end())
        return summary.waiting;
    const Place place = placeOf(summary);
    const bool standsOnStep = summary.standsOn == summary.standsAt.value;
    if (!standsOnStep || summary.waiting) {
        for (const std::string_view name : place.names) {
            if (isNamed(term, name))
                return true;
        }
    }
    if (summary.waiting && isNamed(term, summary.standsAt.value))
        return true;
    if (!place.hasMore && (!standsOnStep || (!summary.waiting && summary.status == InstanceStatus::Running)))
        return false;
    return {};
}

bool waits(const QueryTerm &term, QuerySubject &subject)
{
    if (const auto listed = waitsAsListed(term, subject.summary()))
        return *listed;
    return std::ranges::any_of(
        subject.waits(), [&](const std::string &name) { return isNamed(term, name); });
}

bool holdsText(const QueryTerm &term, const InstanceSummary &summary)
{
    return std::ranges::any_of(term.words,
        [&](const std::string &word) { return matches(InstanceFilter{.text = word}, summary); });
}

JsonText payloadOf(PayloadPath::Root root, QuerySubject &subject)
{
    switch (root) {
    case PayloadPath::Root::Input: return subject.summary().input;
    case PayloadPath::Root::Variables: return subject.variables();
    case PayloadPath::Root::Output: return subject.summary().output;
    case PayloadPath::Root::CustomStatus: return subject.summary().customStatus;
    }
    return {};
}

bool holds(const QueryTerm &term, QuerySubject &subject)
{
    const InstanceSummary &summary = subject.summary();
    switch (term.field) {
    case QueryField::Text: return holdsText(term, summary);
    case QueryField::Id: return isNamed(term, summary.instance.value);
    case QueryField::Flow: return isNamed(term, summary.flow.value);
    case QueryField::Version: return compares(summary.version, term.comparison, term.number);
    case QueryField::Status:
        return std::ranges::any_of(term.words,
            [&](const std::string &word) { return hasStatus(summary, word); });
    case QueryField::Waiting: return waits(term, subject);
    case QueryField::Step: return !isFinished(summary.status) && isNamed(term, summary.standsAt.value);
    case QueryField::Parent: return !summary.parent.empty() && isNamed(term, summary.parent.value);
    case QueryField::Error: return !summary.errorType.empty() && isNamed(term, summary.errorType);
    case QueryField::By: {
        const Source source = subject.startedBy();
        return isNamed(term, source.who) || isNamed(term, source.via);
    }
    case QueryField::Created: return compares(summary.createdAt, term.comparison, term.at);
    case QueryField::Changed: return compares(summary.changedAt, term.comparison, term.at);
    case QueryField::Finished:
        return summary.finishedAt && compares(*summary.finishedAt, term.comparison, term.at);
    case QueryField::Payload: return payloadMatches(term, payloadOf(term.path.root, subject));
    }
    return false;
}

void narrowStatus(InstanceFilter &filter, const QueryTerm &term)
{
    if (!filter.statuses.empty())
        return;
    for (const std::string &word : term.words) {
        const auto statuses = statusesOfWord(word);
        filter.statuses.insert(filter.statuses.end(), statuses.begin(), statuses.end());
    }
    if (term.words.size() == 1 && sameAsciiLetters(term.words.front(), "waiting"))
        filter.waiting = filter.waiting.value_or(true);
}

void narrowId(InstanceFilter &filter, const QueryTerm &term)
{
    if (!filter.idPrefix.empty() || term.words.size() != 1)
        return;
    filter.idPrefix = term.words.front();
    if (filter.idPrefix.ends_with('*'))
        filter.idPrefix.pop_back();
}

void narrowTime(InstanceFilter &filter, const QueryTerm &term)
{
    const bool isBegin =
        term.comparison == QueryComparison::More || term.comparison == QueryComparison::AtLeast;
    if (isBegin)
        filter.createdFrom = std::max(filter.createdFrom.value_or(term.at), term.at);
    else
        filter.createdTo = std::min(filter.createdTo.value_or(term.at), term.at);
}

void narrow(InstanceFilter &filter, const QueryTerm &term)
{
    const auto onlyWith = [&filter](std::string_view status) {
        if (filter.statuses.empty())
            filter.statuses = statusesOfWord(status);
    };
    const bool isExact = term.comparison == QueryComparison::Is;
    if (term.field == QueryField::Status && isExact)
        narrowStatus(filter, term);
    else if (term.field == QueryField::Waiting || term.field == QueryField::Step)
        onlyWith("live");
    else if (term.field == QueryField::Error)
        onlyWith("failed");
    else if (term.field == QueryField::Id && isExact)
        narrowId(filter, term);
    else if (term.field == QueryField::Created)
        narrowTime(filter, term);
    else if (term.field == QueryField::Text && term.words.size() == 1 && filter.text.empty())
        filter.text = term.words.front();
}

} // namespace

bool meansName(std::string_view word, std::string_view text)
{
    if (!word.ends_with('*'))
        return sameAsciiLetters(word, text);
    word.remove_suffix(1);
    return sameAsciiLetters(word, text.substr(0, word.size()));
}

bool matches(const InstanceQuery &query, QuerySubject &subject)
{
    // What the summary says comes first: whatever else is asked costs a look into the history.
    const auto isCheap = [](const QueryTerm &term) { return needsSummariesAlone({{term}}); };
    const auto right = [&](bool cheap) {
        return std::ranges::all_of(query.terms, [&](const QueryTerm &term) {
            return isCheap(term) != cheap || holds(term, subject) != term.isNegated;
        });
    };
    return right(true) && right(false);
}

bool needsSummariesAlone(const InstanceQuery &query)
{
    return std::ranges::none_of(query.terms, [](const QueryTerm &term) {
        return term.field == QueryField::Waiting || term.field == QueryField::By ||
               (term.field == QueryField::Payload && term.path.root == PayloadPath::Root::Variables);
    });
}

InstanceFilter narrowed(InstanceFilter filter, const InstanceQuery &query)
{
    for (const QueryTerm &term : query.terms) {
        if (!term.isNegated)
            narrow(filter, term);
    }
    return filter;
}

} // namespace engine
