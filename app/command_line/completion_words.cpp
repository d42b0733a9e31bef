#include "app/command_line/completion_words.h"

#include "app/command_line/verbs.h"

#include <algorithm>

namespace app {
namespace {

/// The words of a verb in front of the open one, sorted out as far as they can be.
struct Written {
    std::vector<OptionForm> forms;
    SortedWords sorted;
    const OptionForm *open = nullptr; ///< the option whose value is the open word
    bool optionsAreOver = false;
};

Written written(const VerbForm &verb, std::span<const std::string> words)
{
    Written result{.forms = allOptions(verb)};
    for (const std::string &word : words) {
        if (result.open) {
            result.sorted.options[std::string(result.open->name)] = word;
            result.open = nullptr;
            continue;
        }
        if (!result.optionsAreOver && word == "--") {
            result.optionsAreOver = true;
            continue;
        }
        const auto equals = word.find('=');
        const auto form =
            std::ranges::find(result.forms, word.substr(0, equals), &OptionForm::name);
        if (result.optionsAreOver || form == result.forms.end()) {
            result.sorted.positions.push_back(word);
            continue;
        }
        const bool isOpen = !form->value.empty() && equals == std::string::npos;
        if (isOpen)
            result.open = &*form;
        else
            result.sorted.options[std::string(form->name)] =
                equals == std::string::npos ? "true" : word.substr(equals + 1);
    }
    return result;
}

/// What `use` a verb is written in, by its deed, which is taken away, or its options.
const UseForm *useOf(const VerbForm &verb, SortedWords &words)
{
    if (!verb.uses.front().deed.empty()) {
        if (words.positions.empty())
            return nullptr;
        const auto use = std::ranges::find(verb.uses, words.positions.front(), &UseForm::deed);
        words.positions.erase(words.positions.begin());
        return use == verb.uses.end() ? nullptr : &*use;
    }
    for (const UseForm &use : verb.uses) {
        const auto options = wordsIn(use.options);
        if (std::ranges::any_of(options, [&](auto option) { return words.has(option); }))
            return &use;
    }
    return &verb.uses.front();
}

class Completer
{
public:
    Completer(std::string begin, const LiveWords &live)
        : m_begin(std::move(begin))
        , m_live(live)
    {}

    Completion verbNames()
    {
        for (const Verb &verb : verbs())
            offer(verb.form.name, verb.form.purpose);
        // The window opens files.
        if (m_result.candidates.empty())
            m_result.files = Completion::Files::Any;
        return std::move(m_result);
    }
    Completion ofVerb(const VerbForm &verb, std::span<const std::string> before)
    {
        Written words = written(verb, before);
        if (words.open)
            return value(words.open->offer, words, {});
        const bool isOption = !words.optionsAreOver && m_begin.starts_with('-');
        if (const auto equals = m_begin.find('='); isOption && equals != std::string::npos)
            return valueBehind(words, equals);
        const bool hasDeeds = !verb.uses.front().deed.empty();
        const bool wantsDeed = hasDeeds && words.sorted.positions.empty();
        const UseForm *use = useOf(verb, words.sorted);
        if (isOption)
            return options(words, use);
        if (wantsDeed)
            return deeds(verb);
        return use ? position(*use, words) : std::move(m_result);
    }

private:
    void offer(std::string_view word, std::string_view meaning)
    {
        if (word.starts_with(m_begin) && !word.empty())
            m_result.candidates.push_back({std::string(word), std::string(meaning)});
    }
    Completion deeds(const VerbForm &verb)
    {
        for (const UseForm &use : verb.uses)
            offer(use.deed, use.meaning);
        return std::move(m_result);
    }
    Completion options(const Written &words, const UseForm *use)
    {
        for (const OptionForm &option : words.forms) {
            const auto for_ = wordsIn(option.deeds);
            const bool fits = for_.empty() || !use || use->deed.empty() ||
                              std::ranges::find(for_, use->deed) != for_.end();
            if (fits && !words.sorted.has(option.name))
                offer(option.name, option.purpose);
        }
        return std::move(m_result);
    }
    Completion position(const UseForm &use, const Written &words)
    {
        const std::size_t at = words.sorted.positions.size();
        if (at < countOf(use).most && !use.offers.empty()) {
            const bool repeats = use.words.find("…") != std::string_view::npos;
            if (at < use.offers.size() || repeats)
                return value(use.offers[std::min(at, use.offers.size() - 1)], words, {});
        }
        // Where no word is known, options may still come.
        return m_begin.empty() && at >= countOf(use).least ? options(words, &use)
                                                           : std::move(m_result);
    }
    /// `--status=Fai`: the whole word is offered again.
    Completion valueBehind(const Written &words, std::size_t equals)
    {
        const auto form =
            std::ranges::find(words.forms, m_begin.substr(0, equals), &OptionForm::name);
        if (form == words.forms.end() || form->value.empty())
            return {};
        const std::string before = m_begin.substr(0, equals + 1);
        m_begin.erase(0, equals + 1);
        return value(form->offer, words, before);
    }
    Completion value(const WordForm &form, const Written &words, const std::string &before)
    {
        std::string ended = before;
        switch (form.offer) {
        case Offer::Nothing: return {};
        case Offer::Files: m_result.files = Completion::Files::Any; break;
        case Offer::Directories: m_result.files = Completion::Files::Directories; break;
        case Offer::Verbs:
            for (const Verb &verb : verbs())
                offer(verb.form.name, verb.form.purpose);
            break;
        case Offer::Words:
            // Of a list with commas the last is open.
            if (const auto comma = m_begin.rfind(','); comma != std::string::npos) {
                ended += m_begin.substr(0, comma + 1);
                m_begin.erase(0, comma + 1);
            }
            for (const std::string_view word : wordsIn(form.words))
                offer(word, {});
            break;
        default:
            const Target target{words.sorted.value("--data"), words.sorted.value("--url"),
                words.sorted.value("--key"), false};
            for (const Candidate &one : m_live({form, m_begin, words.sorted.positions, target}))
                offer(one.word, one.meaning);
        }
        for (Candidate &one : m_result.candidates)
            one.word.insert(0, ended);
        return std::move(m_result);
    }

    std::string m_begin;
    const LiveWords &m_live;
    Completion m_result;
};

} // namespace

Completion completionOf(std::span<const std::string> words, const LiveWords &live)
{
    Completer completer(words.empty() ? std::string() : words.back(), live);
    const bool isFirst = words.size() <= 1;
    if (isFirst && (words.empty() || !words.front().starts_with('-')))
        return completer.verbNames();
    const Verb *verb = isFirst ? nullptr : verbNamed(words.front());
    if (verb)
        return completer.ofVerb(verb->form, words.subspan(1, words.size() - 2));
    const bool isWindow = words.front().starts_with('-') || words.front().ends_with(".json");
    return isWindow ? completer.ofVerb(windowVerb().form, words.first(words.size() - 1))
                    : Completion{};
}

} // namespace app
