#include "app/command_line/verb_words.h"

#include "engine/base/joined.h"

#include <QUrl>

#include <algorithm>
#include <charconv>
#include <limits>

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

bool hasDeeds(const VerbForm &verb) { return !verb.uses.front().deed.empty(); }

/// What is written without a deed, if that is enough.
bool actsAlone(const VerbForm &verb)
{
    return hasDeeds(verb) && countOf(verb.uses.front()).least == 0;
}

Error wrongDeed(const VerbForm &verb, const std::string &word)
{
    std::vector<std::string_view> deeds;
    for (const UseForm &use : verb.uses)
        deeds.push_back(use.deed);
    const auto nearest = nearestWord(word, deeds);
    return usage("expected " + engine::joined(deeds) + " after '" + std::string(verb.name) + "'" +
                 (word.empty() ? "" : ", not '" + word + "'") +
                 (nearest.empty() ? "" : "; did you mean '" + std::string(nearest) + "'?"));
}

Error expected(const VerbForm &verb, const UseForm &use)
{
    if (!use.deed.empty())
        return usage("expected: " + usageLine(verb, use));
    std::string lines;
    for (const UseForm &one : verb.uses)
        lines += (lines.empty() ? "" : ", or: ") + usageLine(verb, one);
    return usage("expected: " + lines);
}

/// By the first word, which is taken away.
Result<std::size_t> useByDeed(const VerbForm &verb, SortedWords &words)
{
    if (words.positions.empty() && actsAlone(verb))
        return std::size_t{0};
    const std::string word = words.positions.empty() ? std::string() : words.positions.front();
    const auto use = std::ranges::find(verb.uses, word, &UseForm::deed);
    if (use == verb.uses.end())
        return wrongDeed(verb, word);
    words.positions.erase(words.positions.begin());
    return static_cast<std::size_t>(use - verb.uses.begin());
}

std::size_t useByOptions(const VerbForm &verb, const SortedWords &words)
{
    const auto use = std::ranges::find_if(verb.uses, [&](const UseForm &one) {
        const auto options = wordsIn(one.options);
        return std::ranges::any_of(options, [&](auto option) { return words.has(option); });
    });
    return use == verb.uses.end() ? 0 : static_cast<std::size_t>(use - verb.uses.begin());
}

/// Some options are for some deeds only.
Result<void> checkDeeds(const VerbWords &words)
{
    for (const OptionForm &option : words.verb->options) {
        const auto deeds = wordsIn(option.deeds);
        if (words.has(option.name) && !deeds.empty() &&
            std::ranges::find(deeds, words.deed()) == deeds.end())
            return usage(std::string(option.name) + " is for '" + std::string(words.verb->name) +
                         " " + engine::joined(deeds) + "'");
    }
    return {};
}

Result<Target> targetFrom(const SortedWords &words)
{
    if (words.has("--url") && words.has("--data"))
        return usage("--url and --data exclude one another: give the address or the directory");
    Target target{
        words.value("--data"), words.value("--url"), words.value("--key"), words.has("--json")};
    if (!words.has("--url"))
        return target;
    const QUrl url(QString::fromStdString(target.url), QUrl::StrictMode);
    const bool isWeb =
        url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return usage(
            "--url must be an address such as http://127.0.0.1:7071, not '" + target.url + "'");
    return target;
}

} // namespace

Error usage(const std::string &message) { return {ErrorCode::InvalidArgument, message, {}}; }

std::string usageLine(const VerbForm &verb, const UseForm &use)
{
    std::string line = "signalbox " + std::string(verb.name);
    const bool mayBeMissing = &use == &verb.uses.front() && actsAlone(verb);
    if (!use.deed.empty())
        line += mayBeMissing ? " [" + std::string(use.deed) + "]" : " " + std::string(use.deed);
    for (const std::string_view part : {use.words, use.shown})
        line += part.empty() ? std::string() : " " + std::string(part);
    return line;
}

WordCount countOf(const UseForm &use)
{
    WordCount count;
    for (const std::string_view word : wordsIn(use.words)) {
        ++count.most;
        if (!word.starts_with('['))
            ++count.least;
        if (word.find("…") != std::string_view::npos)
            count.most = std::numeric_limits<std::size_t>::max() / 2;
    }
    return count;
}

Result<VerbWords> wordsOf(const VerbForm &verb, Words words)
{
    const auto forms = allOptions(verb);
    auto sorted = sortWords(words, forms);
    if (!sorted)
        return sorted.error();
    VerbWords result{.verb = &verb, .sorted = *std::move(sorted)};
    if (result.has("--help"))
        return result;
    auto use = hasDeeds(verb) ? useByDeed(verb, result.sorted)
                              : Result<std::size_t>(useByOptions(verb, result.sorted));
    if (!use)
        return use.error();
    result.use = *use;
    if (auto fits = checkDeeds(result); !fits)
        return fits.error();
    const WordCount count = countOf(result.form());
    if (result.count() < count.least || result.count() > count.most)
        return expected(verb, result.form());
    auto target = verb.hasTarget ? targetFrom(result.sorted) : Result<Target>(Target{});
    if (!target)
        return target.error();
    result.target = *std::move(target);
    return result;
}

Result<std::int64_t> numberOf(const VerbWords &words, const NumberOption &option)
{
    if (!words.has(option.name))
        return option.otherwise;
    const std::string text = words.value(option.name);
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number < option.least ||
        number > option.most)
        return usage(std::string(option.name) + " must be a whole number from " +
                     std::to_string(option.least) + " to " + std::to_string(option.most));
    return number;
}

} // namespace app
