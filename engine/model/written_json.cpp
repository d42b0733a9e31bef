#include "engine/model/written_json.h"

#include <algorithm>

namespace engine {
namespace {

class Builder final : public JsonListener
{
public:
    explicit Builder(std::string_view text)
        : m_text(text)
    {}

    void scalar(JsonKind kind, std::size_t begin, std::size_t end) override
    {
        WrittenValue &value = place(begin);
        value.kind = kind;
        value.end = end;
    }

    void key(std::size_t begin, std::size_t end) override
    {
        m_open.back()->members.push_back({unquoted(m_text.substr(begin, end - begin)), begin, {}});
    }

    void opened(JsonKind kind, std::size_t begin) override
    {
        WrittenValue &value = place(begin);
        value.kind = kind;
        m_open.push_back(&value);
    }

    void closed(std::size_t end) override
    {
        m_open.back()->end = end;
        m_open.pop_back();
    }

    WrittenValue root() { return std::move(m_root); }

private:
    /// Where the value that begins now belongs. Only the innermost open value grows, so the
    /// pointers to those around it stay good.
    WrittenValue &place(std::size_t begin)
    {
        WrittenValue *value = &m_root;
        if (!m_open.empty()) {
            WrittenValue &parent = *m_open.back();
            if (parent.kind == JsonKind::Array)
                parent.members.push_back({{}, begin, {}});
            value = &parent.members.back().value;
        }
        value->begin = begin;
        return *value;
    }

    std::string_view m_text;
    WrittenValue m_root;
    std::vector<WrittenValue *> m_open;
};

} // namespace

Result<WrittenValue> writtenJson(std::string_view text)
{
    Builder builder(text);
    if (const auto fault = scanJson(text, JsonLimits{}.depth, &builder))
        return errorOf(*fault, text);
    return builder.root();
}

const WrittenValue *findMember(const WrittenValue &object, std::string_view key)
{
    if (object.kind != JsonKind::Object)
        return nullptr;
    const auto found = std::ranges::find(object.members, key, &WrittenMember::key);
    return found == object.members.end() ? nullptr : &found->value;
}

} // namespace engine
