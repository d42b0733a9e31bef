#pragma once

#include "engine/base/json_text.h"
#include "engine/base/result.h"
#include "engine/history/record_fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace engine {

/// `step`, `timeout`, `retry`, …: how facts spell it.
std::string_view toText(TimerPurpose purpose);
std::optional<TimerPurpose> timerPurposeFromText(std::string_view text);
/// `decided`, `due`, `withdrawn`.
std::string_view toText(TaskEnd end);
std::optional<TaskEnd> taskEndFromText(std::string_view text);

/// Appends one JSON object to a text: a visitor for visitFields. No tree, no white space.
class RecordWriter
{
public:
    /// Opens the object; a `type` is its first member.
    explicit RecordWriter(std::string &out, std::string_view type = {});
    void close() { m_out += '}'; }

    template<typename T>
    void field(std::string_view key, const T &value)
    {
        writeKey(key);
        write(value);
    }

    template<typename T>
    void optional(std::string_view key, const T &value)
    {
        if (value != T{})
            field(key, value);
    }

private:
    void writeKey(std::string_view key);
    void write(const std::string &text);
    void write(std::int64_t number);
    void write(int number) { write(std::int64_t{number}); }
    void write(bool flag) { m_out += flag ? "true" : "false"; }
    void write(const JsonText &value) { m_out += value.text(); }
    void write(Instant instant) { write(std::int64_t{instant.time_since_epoch().count()}); }
    void write(TimerPurpose purpose) { write(std::string(toText(purpose))); }
    void write(TaskEnd end) { write(std::string(toText(end))); }
    void write(const std::vector<std::string> &texts);
    void write(const std::vector<std::pair<std::string, JsonText>> &values);
    void write(const std::variant<JsonText, Failure> &outcome);

    template<typename Kind>
    void write(const Id<Kind> &id)
    {
        write(id.value);
    }

    template<typename T>
    void write(const std::optional<T> &value)
    {
        write(*value);
    }

    template<typename Record>
    requires std::same_as<Record, Source> || std::same_as<Record, Failure> ||
             std::same_as<Record, Parent> || std::same_as<Record, StartInstance>
    void write(const Record &record)
    {
        RecordWriter inner(m_out);
        visitFields(inner, record);
        inner.close();
    }

    std::string &m_out;
    bool m_empty = true;
};

/// Reads one JSON object strictly: a visitor for visitFields. The first fault is kept, what is read
/// after it does not matter. Keeps views into the text.
class RecordReader
{
public:
    /// `object` is the text of one JSON object.
    explicit RecordReader(std::string_view object);

    /// The `type`, or empty.
    std::string type();
    /// The fault, or that a member is left which nobody asked for. Messages are parts of a
    /// sentence.
    std::optional<std::string> fault() const;

    template<typename T>
    void field(std::string_view key, T &value)
    {
        if (const auto text = take(key))
            note(key, read(*text, value));
        else
            note(key, "is missing");
    }

    template<typename T>
    void optional(std::string_view key, T &value)
    {
        if (const auto text = take(key))
            note(key, read(*text, value));
    }

private:
    struct Member {
        std::string_view key;
        std::string_view value;
        bool taken = false;
    };
    /// What is wrong with a value; empty if nothing.
    using Fault = std::string_view;

    std::optional<std::string_view> take(std::string_view key);
    void note(std::string_view key, Fault fault);
    static Fault read(std::string_view text, std::string &value);
    static Fault read(std::string_view text, std::int64_t &value);
    static Fault read(std::string_view text, int &value);
    static Fault read(std::string_view text, bool &value);
    static Fault read(std::string_view text, JsonText &value);
    static Fault read(std::string_view text, Instant &value);
    static Fault read(std::string_view text, TimerPurpose &value);
    static Fault read(std::string_view text, TaskEnd &value);
    static Fault read(std::string_view text, std::vector<std::string> &values);
    static Fault read(std::string_view text, std::vector<std::pair<std::string, JsonText>> &values);
    static Fault read(std::string_view text, std::variant<JsonText, Failure> &outcome);
    static Fault read(std::string_view text, Source &source);
    static Fault read(std::string_view text, Failure &failure);
    static Fault read(std::string_view text, Parent &parent);
    static Fault read(std::string_view text, StartInstance &start);

    template<typename Kind>
    static Fault read(std::string_view text, Id<Kind> &id)
    {
        return read(text, id.value);
    }

    template<typename T>
    static Fault read(std::string_view text, std::optional<T> &value)
    {
        return read(text, value.emplace());
    }

    std::vector<Member> m_members;
    std::string m_fault;
};

} // namespace engine
