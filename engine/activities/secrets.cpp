#include "engine/activities/secrets.h"

#include "engine/base/json_scan.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace engine {
namespace {

constexpr std::string_view opening = "${secret:";
constexpr std::size_t leastInside = 4;

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

/// Finds the next `${secret:NAME}` from `at` on: where it begins, and its name.
std::optional<std::pair<std::size_t, std::string_view>> nextSecret(
    std::string_view text, std::size_t at)
{
    while ((at = text.find(opening, at)) != std::string_view::npos) {
        const std::size_t begin = at + opening.size();
        const std::size_t end = text.find('}', begin);
        if (end != std::string_view::npos && isSecretName(text.substr(begin, end - begin)))
            return std::pair(at, text.substr(begin, end - begin));
        at = begin;
    }
    return {};
}

std::string filledIn(std::string_view text, const SecretValues &values)
{
    std::string filled;
    std::size_t done = 0;
    for (auto found = nextSecret(text, 0); found; found = nextSecret(text, found->first + 1)) {
        const auto value = values.find(found->second);
        if (value == values.end() || found->first < done)
            continue; // what a payload says about secrets of others is only a text
        filled += text.substr(done, found->first - done);
        filled += value->second;
        done = found->first + opening.size() + found->second.size() + 1;
    }
    return filled += text.substr(done);
}

/// What an outcome may hold of a secret, and what stands there instead.
struct Hidden {
    std::string form;
    std::string instead;
};

std::string percentEncoded(std::string_view value)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : value) {
        if (isPlain(c) || c == '~') {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return encoded;
}

std::string base64(std::string_view value)
{
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < value.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t j = i; j < i + 3; ++j)
            bits = (bits << 8U) | (j < value.size() ? static_cast<unsigned char>(value[j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            encoded += i + j <= value.size() ? letters[(bits >> (18U - 6U * j)) & 63U] : '=';
    }
    return encoded;
}

/// Longest first, so that a secret inside another leaves nothing of it.
std::vector<Hidden> formsOf(const SecretValues &values)
{
    std::vector<Hidden> forms;
    for (const auto &[name, value] : values) {
        const std::string instead = std::string(opening) + name + '}';
        for (const std::string &form : {value, percentEncoded(value), base64(value)})
            if (!form.empty())
                forms.push_back({form, instead});
    }
    std::ranges::stable_sort(
        forms, std::ranges::greater(), [](const Hidden &hidden) { return hidden.form.size(); });
    return forms;
}

/// A number is hidden as a whole or not at all.
std::string hiddenIn(
    std::string text, const std::vector<Hidden> &forms, JsonKind kind = JsonKind::String)
{
    for (const Hidden &hidden : forms) {
        if (text == hidden.form)
            return hidden.instead;
        if (hidden.form.size() < leastInside || kind == JsonKind::Number)
            continue;
        for (std::size_t at = text.find(hidden.form); at != std::string::npos;
             at = text.find(hidden.form, at + hidden.instead.size()))
            text.replace(at, hidden.form.size(), hidden.instead);
    }
    return text;
}

using ChangeText = std::function<std::string(std::string, JsonKind)>;

/// Writes a JSON text again with its strings and numbers changed.
class Rewriting : public JsonListener
{
public:
    Rewriting(std::string_view text, ChangeText change)
        : m_text(text)
        , m_change(std::move(change))
    {
        const auto fault = scanJson(text, JsonLimits().depth, this);
        invariant(!fault, "secrets: a checked text is not JSON");
        m_written += m_text.substr(m_done);
    }
    std::string written() && { return std::move(m_written); }

    void scalar(JsonKind kind, std::size_t begin, std::size_t end) override
    {
        if (kind == JsonKind::String || kind == JsonKind::Number)
            rewrite(kind, begin, end);
    }
    void key(std::size_t begin, std::size_t end) override { rewrite(JsonKind::String, begin, end); }
    void opened(JsonKind, std::size_t) override {}
    void closed(std::size_t) override {}

private:
    void rewrite(JsonKind kind, std::size_t begin, std::size_t end)
    {
        const std::string_view raw = m_text.substr(begin, end - begin);
        const std::string value = kind == JsonKind::String ? unquoted(raw) : std::string(raw);
        std::string changed = m_change(value, kind);
        if (changed == value)
            return;
        m_written += m_text.substr(m_done, begin - m_done);
        m_written += JsonText::ofString(changed).text();
        m_done = end;
    }

    std::string_view m_text;
    ChangeText m_change;
    std::string m_written;
    std::size_t m_done = 0;
};

JsonText hiddenIn(const JsonText &json, const std::vector<Hidden> &forms)
{
    return JsonText::trusted(Rewriting(json.text(), [&forms](std::string text, JsonKind kind) {
        return hiddenIn(std::move(text), forms, kind);
    }).written());
}

} // namespace

bool isSecretName(std::string_view name)
{
    return !name.empty() && name.size() <= 100 && std::ranges::all_of(name, isPlain);
}

std::set<std::string> secretNamesIn(std::string_view text)
{
    std::set<std::string> names;
    for (auto found = nextSecret(text, 0); found; found = nextSecret(text, found->first + 1))
        names.emplace(found->second);
    return names;
}

Result<JsonText> withSecrets(const JsonText &with, const SecretValues &values)
{
    std::string filled = Rewriting(with.text(), [&values](const std::string &text, JsonKind) {
        return filledIn(text, values);
    }).written();
    return JsonText::parse(filled);
}

ActivityOutcome withoutSecrets(ActivityOutcome outcome, const SecretValues &values)
{
    const auto forms = formsOf(values);
    if (const auto *result = std::get_if<JsonText>(&outcome))
        return hiddenIn(*result, forms);
    auto failure = std::get<Failure>(std::move(outcome));
    failure.message = hiddenIn(std::move(failure.message), forms);
    failure.details = hiddenIn(failure.details, forms);
    return failure;
}

} // namespace engine
