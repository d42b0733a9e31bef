#include "engine/query/query_words.h"

#include "engine/history/ascii_letters.h"

#include <algorithm>

namespace engine {
namespace {

using enum InstanceStatus;

constexpr std::array plainStatuses{Pending, Running, Suspended, Completed, Failed, Terminated};

bool isWord(std::string_view word, std::string_view wanted) { return sameAsciiLetters(word, wanted); }

std::optional<InstanceStatus> plainStatus(std::string_view word)
{
    const auto found = std::ranges::find_if(
        plainStatuses, [word](InstanceStatus status) { return isWord(word, toText(status)); });
    return found == plainStatuses.end() ? std::nullopt : std::optional(*found);
}

} // namespace

bool isStatusWord(std::string_view word)
{
    return plainStatus(word) || isWord(word, "waiting") || isWord(word, "live") ||
           isWord(word, "finished") || isWord(word, "aside");
}

std::vector<InstanceStatus> statusesOfWord(std::string_view word)
{
    if (const auto plain = plainStatus(word))
        return {*plain};
    if (isWord(word, "waiting"))
        return {Running};
    if (isWord(word, "live"))
        return {Pending, Running, Suspended};
    if (isWord(word, "finished"))
        return {Completed, Failed, Terminated};
    return {plainStatuses.begin(), plainStatuses.end()};
}

bool hasStatus(const InstanceSummary &summary, std::string_view word)
{
    if (isWord(word, "waiting"))
        return summary.status == Running && summary.waiting;
    if (isWord(word, "aside"))
        return !summary.setAside.empty();
    return std::ranges::count(statusesOfWord(word), summary.status) > 0;
}

} // namespace engine
