#include "app/command_line/words.h"

#include <algorithm>
#include <numeric>

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

/// How many letters must change to make one word of the other (Levenshtein).
std::size_t distance(std::string_view one, std::string_view other)
{
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < other.size(); ++j) {
            const std::size_t change = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

bool isOption(std::string_view word)
{
    return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9');
}

Error unknownOption(std::string_view name, std::span<const OptionForm> forms)
{
    std::vector<std::string_view> known;
    for (const OptionForm &form : forms)
        known.push_back(form.name);
    const auto nearest = nearestWord(name, known);
    return {ErrorCode::InvalidArgument,
        "unknown option '" + std::string(name) + "'" +
            (nearest.empty() ? "" : "; did you mean '" + std::string(nearest) + "'?"),
        {}};
}

} // namespace

std::string SortedWords::value(std::string_view name) const
{
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
}

std::string_view nearestWord(std::string_view word, std::span<const std::string_view> known)
{
    constexpr std::size_t furthest = 2;
    std::string_view nearest;
    std::size_t least = furthest + 1;
    for (const std::string_view one : known)
        if (const auto steps = distance(word, one); steps < least) {
            least = steps;
            nearest = one;
        }
    return nearest;
}

Result<SortedWords> sortWords(std::span<const std::string> words, std::span<const OptionForm> forms)
{
    SortedWords sorted;
    bool optionsAreOver = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        if (!optionsAreOver && word == "--") {
            optionsAreOver = true;
            continue;
        }
        if (optionsAreOver || !isOption(word)) {
            sorted.positions.push_back(word);
            continue;
        }
        const auto equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto form = std::ranges::find(forms, name, &OptionForm::name);
        if (form == forms.end())
            return unknownOption(name, forms);
        const bool hasValue = !form->value.empty();
        if (hasValue && equals == std::string::npos && i + 1 == words.size())
            return Error{ErrorCode::InvalidArgument, "option '" + name + "' needs a value", {}};
        if (!hasValue && equals != std::string::npos)
            return Error{ErrorCode::InvalidArgument, "option '" + name + "' takes no value", {}};
        sorted.options[name] = equals != std::string::npos ? word.substr(equals + 1)
                               : hasValue                  ? words[++i]
                                                           : "true";
    }
    return sorted;
}

} // namespace app
