#include "engine/query/payload_match.h"

#include "engine/history/ascii_letters.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace engine {
namespace {

using nlohmann::json;

/// The element of that number, or null.
const json *elementAt(const json &array, const std::string &index)
{
    std::size_t place = 0;
    const char *end = index.data() + index.size();
    const auto [stop, wrong] = std::from_chars(index.data(), end, place);
    const bool isThere = wrong == std::errc() && stop == end && place < array.size();
    return isThere ? &array[place] : nullptr;
}

const json *find(const json &tree, const std::vector<std::string> &parts)
{
    const json *found = &tree;
    for (const std::string &part : parts) {
        if (found->is_array())
            found = elementAt(*found, part);
        else if (const auto member = found->find(part); found->is_object() && member != found->end())
            found = &*member;
        else
            found = nullptr;
        if (!found)
            return nullptr;
    }
    return found;
}

bool isSame(const json &value, const json &wanted, const QueryTerm &term)
{
    if (value == wanted)
        return true;
    return !term.isQuoted && value.is_string() &&
           value.get_ref<const std::string &>() == term.words.front();
}

bool holdsPart(const json &value, const json &wanted, const QueryTerm &term)
{
    if (value.is_array())
        return std::ranges::any_of(
            value, [&](const json &one) { return isSame(one, wanted, term); });
    if (!value.is_string())
        return false;
    const auto &text = value.get_ref<const std::string &>();
    const std::string &part = term.words.front();
    return part.empty() || !std::ranges::search(text, part, {}, lowerAscii, lowerAscii).empty();
}

} // namespace

bool payloadMatches(const QueryTerm &term, const JsonText &payload)
{
    const json tree = payload.tree();
    const json *value = find(tree, term.path.parts);
    if (!value)
        return false;
    const json wanted = term.value.tree();
    if (term.comparison == QueryComparison::Is)
        return isSame(*value, wanted, term);
    if (term.comparison == QueryComparison::Contains)
        return holdsPart(*value, wanted, term);
    const bool isOrdered = (value->is_number() && wanted.is_number()) ||
                           (value->is_string() && wanted.is_string());
    if (!isOrdered)
        return false;
    switch (term.comparison) {
    case QueryComparison::Less: return *value < wanted;
    case QueryComparison::AtMost: return *value <= wanted;
    case QueryComparison::More: return *value > wanted;
    default: return *value >= wanted;
    }
}

} // namespace engine
