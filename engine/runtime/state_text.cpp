#include "engine/runtime/state_text.h"

#include "engine/history/json_slices.h"
#include "engine/runtime/state_fields.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <type_traits>

namespace engine {
namespace {

template<typename T>
concept Number = std::integral<T> && !std::same_as<T, bool>;

/// A map or a set.
template<typename T>
concept Tree = requires { typename T::key_type; };

template<typename T>
concept Mapping = Tree<T> && requires { typename T::mapped_type; };

/// Appends values to a text. Every composed one is a list, so that none needs a name.
class StateWriter
{
public:
    explicit StateWriter(std::string &out)
        : m_out(out)
    {}

    void write(bool flag) { m_out += flag ? '1' : '0'; }
    void write(Number auto number) { m_out += std::to_string(number); }
    void write(const std::string &text)
    {
        const bool isPlain = std::ranges::all_of(
            text, [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
        if (isPlain)
            ((m_out += '"') += text) += '"';
        else
            m_out += JsonText::ofString(text).text();
    }
    void write(const JsonText &value) { m_out += value.text(); }
    void write(const RunKey &run) { write(run.value); }
    void write(Instant instant) { write(instant.time_since_epoch()); }
    void write(Milliseconds length) { write(std::int64_t{length.count()}); }

    template<typename Kind>
    void write(const Id<Kind> &id)
    {
        write(id.value);
    }

    template<typename T>
    requires std::is_enum_v<T>
    void write(T value)
    {
        write(static_cast<int>(value));
    }

    /// Empty, or the value alone.
    template<typename T>
    void write(const std::optional<T> &value)
    {
        m_out += '[';
        if (value)
            write(*value);
        m_out += ']';
    }

    template<typename First, typename Second>
    void write(const std::pair<First, Second> &pair)
    {
        list(pair.first, pair.second);
    }

    template<typename T>
    void write(const std::vector<T> &values)
    {
        each(values);
    }

    void write(const Tree auto &values) { each(values); }

    void write(const Fielded auto &record)
    {
        std::apply([this](const auto &...fields) { list(fields...); }, fieldsOf(record));
    }

private:
    void each(const auto &values)
    {
        m_out += '[';
        for (const auto &value : values) {
            write(value);
            m_out += ',';
        }
        close();
    }

    void list(const auto &...values)
    {
        m_out += '[';
        ((write(values), m_out += ','), ...);
        close();
    }

    void close()
    {
        if (m_out.back() == ',')
            m_out.back() = ']';
        else
            m_out += ']';
    }

    std::string &m_out;
};

/// Reads what StateWriter wrote; false if it is something else.
class StateReader
{
public:
    static bool read(std::string_view text, bool &flag)
    {
        flag = text == "1";
        return flag || text == "0";
    }

    static bool read(std::string_view text, Number auto &number)
    {
        const char *end = text.data() + text.size();
        const auto [stop, fault] = std::from_chars(text.data(), end, number);
        return fault == std::errc() && stop == end;
    }

    static bool read(std::string_view text, std::string &value)
    {
        if (text.size() < 2 || text.front() != '"' || text.back() != '"')
            return false;
        value = text.substr(1, text.size() - 2);
        if (value.find('\\') == std::string::npos)
            return true;
        const auto tree = nlohmann::json::parse(text, nullptr, false);
        if (tree.is_string())
            value = tree.get<std::string>();
        return tree.is_string();
    }

    static bool read(std::string_view text, JsonText &value)
    {
        value = JsonText::trusted(std::string(text)); // as its checksum says, we wrote it
        return true;
    }

    static bool read(std::string_view text, RunKey &run) { return read(text, run.value); }

    static bool read(std::string_view text, Instant &instant)
    {
        Milliseconds since{};
        const bool isRead = read(text, since);
        instant = Instant{since};
        return isRead;
    }

    static bool read(std::string_view text, Milliseconds &length)
    {
        std::int64_t count = 0;
        const bool isRead = read(text, count);
        length = Milliseconds{count};
        return isRead;
    }

    template<typename Kind>
    static bool read(std::string_view text, Id<Kind> &id)
    {
        return read(text, id.value);
    }

    template<typename T>
    requires std::is_enum_v<T>
    static bool read(std::string_view text, T &value)
    {
        int number = 0;
        const bool isRead = read(text, number);
        value = static_cast<T>(number);
        return isRead;
    }

    template<typename T>
    static bool read(std::string_view text, std::optional<T> &value)
    {
        const auto parts = elementsOf(text);
        if (!parts || parts->size() > 1)
            return false;
        return parts->empty() || read(parts->front(), value.emplace());
    }

    template<typename First, typename Second>
    static bool read(std::string_view text, std::pair<First, Second> &pair)
    {
        const auto parts = elementsOf(text);
        return parts && parts->size() == 2 && read(parts->front(), pair.first) &&
               read(parts->back(), pair.second);
    }

    template<typename T>
    static bool read(std::string_view text, std::vector<T> &values)
    {
        const auto parts = elementsOf(text);
        if (!parts)
            return false;
        values.reserve(parts->size());
        return std::ranges::all_of(
            *parts, [&values](std::string_view part) { return read(part, values.emplace_back()); });
    }

    template<Mapping Map>
    static bool read(std::string_view text, Map &map)
    {
        return readInto<std::pair<typename Map::key_type, typename Map::mapped_type>>(text, map);
    }

    template<Tree Set>
    requires(!Mapping<Set>)
    static bool read(std::string_view text, Set &set)
    {
        return readInto<typename Set::key_type>(text, set);
    }

    template<Fielded Record>
    static bool read(std::string_view text, Record &record)
    {
        const auto parts = elementsOf(text);
        const auto fields = fieldsOf(record);
        if (!parts || parts->size() != std::tuple_size_v<decltype(fields)>)
            return false;
        auto part = parts->begin();
        return std::apply([&part](auto &...field) { return (read(*part++, field) && ...); }, fields);
    }

private:
    template<typename Element>
    static bool readInto(std::string_view text, auto &tree)
    {
        const auto parts = elementsOf(text);
        return parts && std::ranges::all_of(*parts, [&tree](std::string_view part) {
            Element element{};
            const bool isRead = read(part, element);
            tree.emplace_hint(tree.end(), std::move(element)); // they come in order
            return isRead;
        });
    }
};

} // namespace

std::string stateToText(const InstanceState &state)
{
    std::string text;
    StateWriter(text).write(std::pair<int, const InstanceState &>(stateVersion, state));
    return text;
}

std::optional<InstanceState> stateFromText(std::string_view text)
{
    const auto parts = elementsOf(text);
    int version = 0;
    InstanceState state;
    if (!parts || parts->size() != 2 || !StateReader::read(parts->front(), version) ||
        version != stateVersion || !StateReader::read(parts->back(), state))
        return std::nullopt;
    return state;
}

} // namespace engine
