#include "designer/document/expression_rename.h"

#include "designer/document/json_members.h"
#include "engine/base/json_scan.h"
#include "engine/base/overloaded.h"

#include <optional>
#include <vector>

namespace designer {
namespace {

bool startsName(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
           letter == '$' || static_cast<unsigned char>(letter) >= 0x80;
}

bool continuesName(char letter) { return startsName(letter) || (letter >= '0' && letter <= '9'); }

bool isName(std::string_view text)
{
    if (text.empty() || !startsName(text.front()))
        return false;
    for (const char letter : text)
        if (!continuesName(letter))
            return false;
    return true;
}

bool isSpace(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/// Copies JavaScript from in to out, one token a step, and changes what follows `steps`.
class Renaming
{
public:
    Renaming(std::string_view in, const StepNames &names)
        : m_in(in)
        , m_names(names)
    {}

    std::string out()
    {
        while (m_at < m_in.size())
            token();
        return std::move(m_out);
    }

private:
    char ahead(std::size_t by = 0) const
    {
        return m_at + by < m_in.size() ? m_in[m_at + by] : '\0';
    }
    void copy(std::size_t end)
    {
        end = std::min(end, m_in.size());
        m_out += m_in.substr(m_at, end - m_at);
        m_at = end;
    }

    void token()
    {
        const char here = ahead();
        if (here == '\'' || here == '"')
            copy(endOfString(m_at));
        else if (here == '`')
            literal();
        else if (here == '/' && ahead(1) == '/')
            copy(m_in.find('\n', m_at));
        else if (here == '/' && ahead(1) == '*')
            copy(commentEnd());
        else if (startsName(here))
            name();
        else
            punctuation(here);
    }

    void punctuation(char here)
    {
        if (here == '{' && !m_braces.empty())
            ++m_braces.back();
        copy(m_at + 1);
        if (here != '}' || m_braces.empty() || --m_braces.back() > 0)
            return;
        m_braces.pop_back(); // the `}` of a `${`: the template literal goes on
        literalText();
    }

    void literal()
    {
        copy(m_at + 1);
        literalText();
    }

    void literalText()
    {
        while (m_at < m_in.size()) {
            if (ahead() == '\\') {
                copy(m_at + 2);
            } else if (ahead() == '`') {
                copy(m_at + 1);
                return;
            } else if (ahead() == '$' && ahead(1) == '{') {
                copy(m_at + 2);
                m_braces.push_back(1);
                return;
            } else {
                copy(m_at + 1);
            }
        }
    }

    std::size_t commentEnd() const
    {
        const std::size_t end = m_in.find("*/", m_at + 2);
        return end == std::string_view::npos ? m_in.size() : end + 2;
    }

    std::size_t endOfString(std::size_t begin) const
    {
        for (std::size_t i = begin + 1; i < m_in.size(); ++i) {
            if (m_in[i] == '\\')
                ++i;
            else if (m_in[i] == m_in[begin] || m_in[i] == '\n')
                return i + 1;
        }
        return m_in.size();
    }

    std::size_t endOfName(std::size_t begin) const
    {
        while (begin < m_in.size() && continuesName(m_in[begin]))
            ++begin;
        return begin;
    }

    void skipSpace()
    {
        while (isSpace(ahead()))
            copy(m_at + 1);
    }

    bool isProperty() const
    {
        std::size_t end = m_out.size();
        while (end > 0 && isSpace(m_out[end - 1]))
            --end;
        const std::string_view before = std::string_view(m_out).substr(0, end);
        return before.ends_with('.') && !before.ends_with("...");
    }

    void name()
    {
        const bool property = isProperty();
        const std::size_t end = endOfName(m_at);
        const bool steps = m_in.substr(m_at, end - m_at) == "steps" && !property;
        copy(end);
        if (!steps)
            return;
        skipSpace();
        const bool optional = ahead() == '?' && ahead(1) == '.';
        const std::size_t dot = optional ? 2 : (ahead() == '.' ? 1 : 0);
        if (ahead(dot) == '[') {
            copy(m_at + dot + 1);
            inBrackets();
        } else if (dot > 0) {
            afterDot(dot, optional);
        }
    }

    void afterDot(std::size_t dot, bool optional)
    {
        std::size_t begin = m_at + dot;
        while (begin < m_in.size() && isSpace(m_in[begin]))
            ++begin;
        const std::size_t end = endOfName(begin);
        const auto found = m_names.find(m_in.substr(begin, end - begin));
        if (found == m_names.end()) {
            copy(end);
            return;
        }
        m_at = end;
        if (isName(found->second))
            m_out += (optional ? "?." : ".") + found->second;
        else
            m_out +=
                (optional ? "?.[" : "[") + engine::JsonText::ofString(found->second).text() + "]";
    }

    void inBrackets()
    {
        skipSpace();
        if (ahead() != '\'' && ahead() != '"')
            return;
        const std::size_t end = endOfString(m_at);
        const auto found =
            end - m_at < 2 ? m_names.end() : m_names.find(m_in.substr(m_at + 1, end - m_at - 2));
        if (found == m_names.end()) {
            copy(end);
            return;
        }
        m_at = end;
        m_out += engine::JsonText::ofString(found->second).text();
    }

    std::string_view m_in;
    const StepNames &m_names;
    std::string m_out;
    std::size_t m_at = 0;
    std::vector<int> m_braces; ///< open braces in each `${` of nested template literals
};

/// A string of a flow file, given with its quotes.
std::string renamedString(std::string_view quoted, const StepNames &names)
{
    const std::string text = engine::unquoted(quoted);
    if (!text.starts_with('=') || text.starts_with("=="))
        return std::string(quoted);
    const std::string changed = "=" + renamedExpression(std::string_view(text).substr(1), names);
    return changed == text ? std::string(quoted) : engine::JsonText::ofString(changed).text();
}

std::string renamedJson(std::string_view json, const StepNames &names)
{
    std::string out;
    for (std::size_t at = 0; at < json.size();) {
        if (json[at] != '"') {
            out += json[at++];
            continue;
        }
        std::size_t end = at + 1;
        while (end < json.size() && json[end] != '"')
            end += json[end] == '\\' ? 2 : 1;
        out += renamedString(json.substr(at, end + 1 - at), names);
        at = end + 1;
    }
    return out;
}

void rename(engine::Template &value, const StepNames &names)
{
    value = renamedTemplate(value, names);
}

void rename(engine::Expression &value, const StepNames &names)
{
    value.source = renamedExpression(value.source, names);
}

template<typename Value>
void rename(std::optional<Value> &value, const StepNames &names)
{
    if (value)
        rename(*value, names);
}

/// The code of a script is JavaScript without a leading `=`.
void renameInCode(engine::ActivityStep &step, const StepNames &names)
{
    const auto written = member(step.with.written, "code");
    const auto code = written ? textIn(*written) : std::nullopt;
    if (!code)
        return;
    const std::string changed = renamedExpression(*code, names);
    if (changed != *code)
        step.with = engine::templateFrom(
            withMember(step.with.written, "code", engine::JsonText::ofString(changed)));
}

void renameInApproval(engine::ApprovalStep &step, const StepNames &names)
{
    for (auto *value : {&step.title, &step.text, &step.assignees, &step.due})
        rename(*value, names);
    if (step.remind) {
        rename(step.remind->after, names);
        rename(step.remind->every, names);
    }
    for (engine::Escalation &level : step.escalate) {
        rename(level.after, names);
        rename(level.to, names);
    }
}

} // namespace

std::string renamedExpression(std::string_view source, const StepNames &names)
{
    return Renaming(source, names).out();
}

engine::Template renamedTemplate(const engine::Template &value, const StepNames &names)
{
    std::string changed = renamedJson(value.written.text(), names);
    if (changed == value.written.text())
        return value;
    return engine::templateFrom(engine::JsonText::trusted(std::move(changed)));
}

void renameInExpressions(engine::Step &step, const StepNames &names)
{
    std::visit(engine::Overloaded{
                   [&](engine::ActivityStep &body) {
                       rename(body.with, names);
                       if (body.activity == "script")
                           renameInCode(body, names);
                   },
                   [&](engine::WaitStep &body) {
                       rename(body.where, names);
                       rename(body.timeout, names);
                       rename(body.fallback, names);
                   },
                   [&](engine::TimerStep &body) {
                       rename(body.after, names);
                       rename(body.at, names);
                   },
                   [&](engine::ChoiceStep &body) {
                       for (engine::ChoiceCase &each : body.cases)
                           rename(each.when, names);
                   },
                   [&](engine::SetStep &body) {
                       for (auto &[name, value] : body.variables)
                           rename(value, names);
                       for (auto &[name, value] : body.append)
                           rename(value, names);
                       rename(body.status, names);
                   },
                   [&](engine::EndStep &body) { rename(body.output, names); },
                   [&](engine::FailStep &body) {
                       rename(body.type, names);
                       rename(body.message, names);
                       rename(body.details, names);
                   },
                   [&](engine::CollectStep &body) {
                       rename(body.timeout, names);
                       rename(body.when, names);
                   },
                   [&](engine::ApprovalStep &body) { renameInApproval(body, names); },
                   [&](engine::ForEachStep &body) { rename(body.items, names); },
                   [&](engine::SubFlowStep &body) {
                       rename(body.flow, names);
                       rename(body.input, names);
                       rename(body.id, names);
                   },
                   [&](engine::SendStep &body) {
                       rename(body.instance, names);
                       rename(body.data, names);
                   },
                   [&](engine::EmitStep &body) {
                       rename(body.url, names);
                       rename(body.type, names);
                       rename(body.data, names);
                   },
                   [&](engine::ContinueAsNewStep &body) { rename(body.input, names); },
                   [](engine::AnyOf<engine::ParallelStep, engine::JoinStep, engine::NoteStep,
                       engine::UnknownStep, engine::ResumeStep> auto &) {},
               },
        step.body);
}

} // namespace designer
