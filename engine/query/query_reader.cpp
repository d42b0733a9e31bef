#include "engine/base/calendar.h"
#include "engine/base/enum_names.h"
#include "engine/base/json_scan.h"
#include "engine/history/ascii_letters.h"
#include "engine/query/instance_query.h"
#include "engine/query/query_words.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace engine {
namespace {

constexpr std::size_t longestQuery = 2'000;
constexpr std::size_t mostTerms = 32;

constexpr EnumNames<QueryField, 13> fieldNames{{{QueryField::Id, "id"}, {QueryField::Flow, "flow"},
    {QueryField::Version, "version"}, {QueryField::Status, "status"},
    {QueryField::Waiting, "waiting"}, {QueryField::Step, "step"}, {QueryField::Parent, "parent"},
    {QueryField::Error, "error"}, {QueryField::By, "by"}, {QueryField::Created, "created"},
    {QueryField::Changed, "changed"}, {QueryField::Changed, "updated"},
    {QueryField::Finished, "finished"}}};

constexpr std::string_view knownFields =
    "id, flow, version, status, waiting, step, parent, error, by, age, idle, created, changed "
    "(updated), finished, text, $.PATH, vars.PATH, output.PATH, custom.PATH";

struct Operator {
    std::string_view text;
    QueryComparison comparison;
    bool isNegated = false;
};
// The longer ones first.
constexpr std::array operators{Operator{"!=", QueryComparison::Is, true},
    Operator{"!~", QueryComparison::Contains, true}, Operator{"<=", QueryComparison::AtMost},
    Operator{">=", QueryComparison::AtLeast}, Operator{"<", QueryComparison::Less},
    Operator{">", QueryComparison::More}, Operator{"=", QueryComparison::Is},
    Operator{":", QueryComparison::Is}, Operator{"~", QueryComparison::Contains}};

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Older is less: what is true of an age is true the other way round of a time.
QueryComparison turned(QueryComparison comparison)
{
    switch (comparison) {
    case QueryComparison::Less: return QueryComparison::More;
    case QueryComparison::AtMost: return QueryComparison::AtLeast;
    case QueryComparison::More: return QueryComparison::Less;
    case QueryComparison::AtLeast: return QueryComparison::AtMost;
    default: return comparison;
    }
}

class Reading
{
public:
    Reading(std::string_view text, Instant now)
        : m_text(text)
        , m_now(now)
    {}

    Result<InstanceQuery> query()
    {
        if (m_text.size() > longestQuery)
            return fault(0, "a query has at most 2000 bytes");
        InstanceQuery query;
        while (skipBlanks()) {
            if (query.terms.size() == mostTerms)
                return fault(m_at, "a query has at most 32 terms");
            auto term = negatableTerm();
            if (!term)
                return term.error();
            query.terms.push_back(*std::move(term));
        }
        return query;
    }

private:
    Error fault(std::size_t offset, const std::string &what) const
    {
        const auto isFirst = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
        const auto column = 1 + std::ranges::count_if(m_text.substr(0, offset), isFirst);
        return {ErrorCode::InvalidArgument,
            "query, column " + std::to_string(column) + ": " + what, "/query"};
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char here() const { return atEnd() ? '\0' : m_text[m_at]; }
    std::string_view rest() const { return m_text.substr(m_at); }
    bool skipBlanks()
    {
        while (!atEnd() && isBlank(here()))
            ++m_at;
        return !atEnd();
    }
    std::string_view letters()
    {
        const std::size_t begin = m_at;
        while (isLetter(here()))
            ++m_at;
        return m_text.substr(begin, m_at - begin);
    }

    Result<QueryTerm> negatableTerm()
    {
        bool isNegated = false;
        const std::size_t begin = m_at;
        if (here() == '-') {
            isNegated = true;
            ++m_at;
        } else if (rest().size() > 3 && sameAsciiLetters(rest().substr(0, 3), "not") &&
                   isBlank(rest()[3])) {
            isNegated = true;
            m_at += 3;
            skipBlanks();
        }
        if (isNegated && (atEnd() || isBlank(here())))
            return fault(begin, "something must follow that is not wanted");
        auto read = term();
        if (read && isNegated)
            read->isNegated = !read->isNegated;
        return read;
    }

    Result<QueryTerm> term()
    {
        const std::size_t begin = m_at;
        if (here() == '"')
            return bareText();
        if (here() == '$') {
            ++m_at;
            return payload(PayloadPath::Root::Input, begin);
        }
        const std::string_view name = letters();
        if (here() == '.' || here() == '[') {
            if (const auto root = rootNamed(name))
                return payload(*root, begin);
        }
        const auto found = takeOperator();
        if (name.empty() || !found) {
            m_at = begin;
            return bareText();
        }
        return fieldTerm(name, *found, begin);
    }

    static std::optional<PayloadPath::Root> rootNamed(std::string_view name)
    {
        using Root = PayloadPath::Root;
        for (const auto &[word, root] : {std::pair("input", Root::Input), {"vars", Root::Variables},
                 {"output", Root::Output}, {"custom", Root::CustomStatus}}) {
            if (sameAsciiLetters(name, word))
                return root;
        }
        return {};
    }

    std::optional<Operator> takeOperator()
    {
        for (const Operator &one : operators) {
            if (rest().starts_with(one.text)) {
                m_at += one.text.size();
                return one;
            }
        }
        return {};
    }

    Result<QueryTerm> bareText()
    {
        auto word = value();
        if (!word)
            return word.error();
        return QueryTerm{.words = {std::move(word->text)}};
    }

    struct Value {
        std::string text;
        bool isQuoted = false;
    };

    /// A run without blanks, or a text in quotes. `stop` ends a run too.
    Result<Value> value(char stop = ' ')
    {
        if (here() == '"')
            return quoted();
        const std::size_t begin = m_at;
        while (!atEnd() && !isBlank(here()) && here() != stop)
            ++m_at;
        if (m_at == begin)
            return fault(begin, "a value is missing");
        return Value{std::string(m_text.substr(begin, m_at - begin)), false};
    }

    Result<Value> quoted()
    {
        const std::size_t begin = m_at++;
        std::string text;
        for (; !atEnd() && here() != '"'; ++m_at) {
            if (here() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text += here();
        }
        if (atEnd())
            return fault(begin, "the quote is not closed");
        ++m_at;
        return Value{std::move(text), true};
    }

    Result<QueryTerm> fieldTerm(std::string_view name, const Operator &how, std::size_t begin)
    {
        std::string lower(name);
        std::ranges::transform(lower, lower.begin(), lowerAscii);
        QueryTerm term{.comparison = how.comparison, .isNegated = how.isNegated};
        if (lower == "age" || lower == "idle")
            return age(term, lower == "age" ? QueryField::Created : QueryField::Changed);
        if (lower == "text")
            return words(term);
        const auto field = valueNamed(fieldNames, lower);
        if (!field)
            return fault(begin, "there is no '" + std::string(name) + "'; known are " +
                                    std::string(knownFields) +
                                    ". To look for this text, put it in quotes");
        term.field = *field;
        switch (*field) {
        case QueryField::Created:
        case QueryField::Changed:
        case QueryField::Finished: return time(term);
        case QueryField::Version: return version(term);
        default: return words(term);
        }
    }

    static bool isOrder(QueryComparison comparison)
    {
        return comparison != QueryComparison::Is && comparison != QueryComparison::Contains;
    }

    Result<QueryTerm> words(QueryTerm term)
    {
        const std::size_t begin = m_at;
        if (isOrder(term.comparison))
            return fault(begin, "here stand only : = != ~ and !~");
        do {
            const std::size_t place = m_at;
            auto word = value(',');
            if (!word)
                return word.error();
            if (term.field == QueryField::Status && !isStatusWord(word->text))
                return fault(place, "'" + word->text + "' is no status; one of " +
                                        std::string(statusWords));
            term.words.push_back(std::move(word->text));
        } while (here() == ',' && ++m_at > 0);
        if (!atEnd() && !isBlank(here()))
            return fault(m_at, "a blank must stand between two terms");
        return term;
    }

    Result<QueryTerm> version(QueryTerm term)
    {
        const std::size_t begin = m_at;
        auto written = value();
        if (!written)
            return written.error();
        const char *end = written->text.data() + written->text.size();
        const auto [stop, wrong] = std::from_chars(written->text.data(), end, term.number);
        if (wrong != std::errc() || stop != end || term.comparison == QueryComparison::Contains)
            return fault(begin, "a version is a whole number, as in version:2 or version>=2");
        return term;
    }

    Result<QueryTerm> time(QueryTerm term)
    {
        const std::size_t begin = m_at;
        auto written = value();
        if (!written)
            return written.error();
        const bool isDay = written->text.size() == 10;
        const auto at = instantFromText(isDay ? written->text + "T00:00:00Z" : written->text);
        if (!at || !isOrder(term.comparison))
            return fault(begin, "here stands < <= > or >= with a day or a time, as in "
                                "created>=2026-01-31 or created<2026-01-31T12:00:00Z");
        term.at = *at;
        return term;
    }

    Result<QueryTerm> age(QueryTerm term, QueryField field)
    {
        const std::size_t begin = m_at;
        auto written = value();
        if (!written)
            return written.error();
        const auto length = lengthFrom(written->text);
        if (!length || !isOrder(term.comparison))
            return fault(begin, "here stands < <= > or >= with a length of time, as in age>2h, "
                                "age<30m, idle>=1d, age>PT90M");
        term.field = field;
        term.comparison = turned(term.comparison);
        term.at = m_now - *length;
        return term;
    }

    /// `90s`, `30m`, `2h`, `1d`, `2w`, or ISO 8601.
    std::optional<Milliseconds> lengthFrom(const std::string &written) const
    {
        if (!written.empty() && (written.front() == 'P' || written.front() == 'p')) {
            const auto duration = durationFromText(written);
            if (!duration)
                return {};
            return (m_now + *duration) - m_now;
        }
        std::int64_t count = 0;
        const char *end = written.data() + written.size();
        const auto [stop, wrong] = std::from_chars(written.data(), end, count);
        constexpr std::int64_t most = 1'000'000;
        if (wrong != std::errc() || stop + 1 != end || count < 0 || count > most)
            return {};
        constexpr EnumNames<std::int64_t, 5> units{{{1, "s"}, {60, "m"}, {3'600, "h"},
            {86'400, "d"}, {604'800, "w"}}};
        const auto unit = valueNamed(units, std::string_view(stop, 1));
        return unit ? std::optional(Milliseconds(count * *unit * 1'000)) : std::nullopt;
    }

    Result<QueryTerm> payload(PayloadPath::Root root, std::size_t begin)
    {
        QueryTerm term{.field = QueryField::Payload, .path = {root, {}}};
        while (here() == '.' || here() == '[') {
            auto part = here() == '.' ? member() : element();
            if (!part)
                return part.error();
            term.path.parts.push_back(*std::move(part));
        }
        const auto how = takeOperator();
        if (!how || term.path.parts.empty())
            return fault(how ? begin : m_at, "a place in the data is written as $.customer.name, "
                                             "$.lines[0].price or vars.total, and then comes = != "
                                             "< <= > >= or ~ with a value");
        term.comparison = how->comparison;
        term.isNegated = how->isNegated;
        auto written = value();
        if (!written)
            return written.error();
        term.isQuoted = written->isQuoted;
        const bool isScalar = !written->isQuoted && !scanJson(written->text, 1) &&
                              written->text.find_first_of("[{\"") == std::string::npos;
        term.value = isScalar ? JsonText::trusted(written->text) : JsonText::ofString(written->text);
        term.words = {std::move(written->text)};
        return term;
    }

    Result<std::string> member()
    {
        const std::size_t begin = ++m_at;
        const auto isPart = [](char c) {
            return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '$' ||
                   (static_cast<unsigned char>(c) & 0x80) != 0;
        };
        while (!atEnd() && isPart(here()))
            ++m_at;
        if (m_at == begin)
            return fault(begin, "a name is missing; one with other letters is written as "
                                "[\"total amount\"]");
        return std::string(m_text.substr(begin, m_at - begin));
    }

    Result<std::string> element()
    {
        const std::size_t begin = ++m_at;
        auto part = value(']');
        if (!part)
            return part.error();
        if (here() != ']')
            return fault(begin, "a ] is missing");
        ++m_at;
        return std::move(part->text);
    }

    std::string_view m_text;
    Instant m_now;
    std::size_t m_at = 0;
};

} // namespace

Result<InstanceQuery> instanceQueryFrom(std::string_view text, Instant now)
{
    return Reading(text, now).query();
}

} // namespace engine
