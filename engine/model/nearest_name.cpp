#include "engine/model/nearest_name.h"

#include <algorithm>

namespace engine {
namespace {

constexpr std::size_t longestName = 100;

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// How many slips make `one` of `other` (optimal string alignment), without regard to case.
std::size_t slips(std::string_view one, std::string_view other)
{
    std::vector<std::vector<std::size_t>> rows(
        one.size() + 1, std::vector<std::size_t>(other.size() + 1));
    for (std::size_t i = 0; i <= one.size(); ++i)
        for (std::size_t j = 0; j <= other.size(); ++j) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            const bool same = lower(one[i - 1]) == lower(other[j - 1]);
            rows[i][j] = std::min(
                {rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1)});
            const bool swapped = i > 1 && j > 1 && lower(one[i - 1]) == lower(other[j - 2]) &&
                                 lower(one[i - 2]) == lower(other[j - 1]);
            if (swapped)
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    return rows[one.size()][other.size()];
}

/// In a short name a single letter makes another name.
std::size_t mostSlips(std::size_t length)
{
    return length < 3 ? 0 : std::max<std::size_t>(1, length / 4);
}

} // namespace

std::optional<std::string> nearestName(std::string_view name, const std::vector<std::string> &names)
{
    if (name.empty() || name.size() > longestName)
        return {};
    const std::size_t most = mostSlips(name.size());
    const std::string *nearest = nullptr;
    std::size_t fewest = most + 1;
    for (const std::string &other : names) {
        if (other == name || other.size() > name.size() + most || name.size() > other.size() + most)
            continue;
        const std::size_t found = slips(name, other);
        if (found >= fewest)
            continue;
        fewest = found;
        nearest = &other;
    }
    return nearest ? std::optional(*nearest) : std::nullopt;
}

Mend mendOfUnknown(
    std::string pointer, std::string_view key, const std::vector<std::string> &absent)
{
    if (auto meant = nearestName(key, absent))
        return renameMember(std::move(pointer), std::move(*meant));
    return removeMember(std::move(pointer));
}

std::optional<Mend> mendOfName(
    std::string pointer, std::string_view name, const std::vector<std::string> &names)
{
    if (const auto meant = nearestName(name, names))
        return replaceByText(std::move(pointer), *meant);
    return {};
}

} // namespace engine
