#include "engine/model/flow_reader.h"

#include "engine/base/json_pointer.h"
#include "engine/model/field_reader.h"
#include "engine/model/step_reader.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace engine {
namespace {

constexpr std::size_t largestFile = 64 * 1024 * 1024;

/// Notes the line of every value and says which keys stand twice in one object.
class LineReader
{
public:
    explicit LineReader(Reading &reading)
        : m_reading(reading)
    {}

    void read(const WrittenValue &value, const std::string &pointer)
    {
        m_reading.lines.try_emplace(pointer, lineAt(value.begin));
        std::set<std::string_view> keys;
        for (std::size_t i = 0; i < value.members.size(); ++i) {
            const WrittenMember &member = value.members[i];
            if (value.kind == JsonKind::Array) {
                read(member.value, childPointer(pointer, i));
                continue;
            }
            const std::string child = childPointer(pointer, member.key);
            m_reading.lines.try_emplace(child, lineAt(member.keyBegin));
            if (!keys.insert(member.key).second)
                refuse(member, child);
            read(member.value, child);
        }
    }

private:
    void refuse(const WrittenMember &member, const std::string &pointer)
    {
        m_reading.problems.push_back(
            {Severity::Error, "duplicate-key", "'%1' stands here twice; only the first is read.",
                {member.key}, {}, pointer, lineAt(member.keyBegin)});
    }

    /// Offsets come in ascending order.
    int lineAt(std::size_t offset)
    {
        m_line += static_cast<int>(
            std::ranges::count(m_reading.text.substr(m_counted, offset - m_counted), '\n'));
        m_counted = offset;
        return m_line;
    }

    Reading &m_reading;
    std::size_t m_counted = 0;
    int m_line = 1;
};

/// The step that a pointer is about, so that its problem shows there.
StepId stepAt(std::string_view pointer)
{
    constexpr std::string_view steps = "/steps/";
    if (!pointer.starts_with(steps))
        return {};
    std::string id;
    for (std::size_t i = steps.size(); i < pointer.size() && pointer[i] != '/'; ++i) {
        if (pointer[i] == '~' && i + 1 < pointer.size())
            id += pointer[++i] == '0' ? '~' : '/';
        else
            id += pointer[i];
    }
    return {id};
}

Correlation readCorrelation(
    Reading &reading, const WrittenValue &written, const std::string &pointer)
{
    FieldReader fields(reading, written, pointer);
    Correlation correlation{fields.expression("event").value_or(Expression{}),
        fields.expression("instance").value_or(Expression{})};
    fields.refuseRest();
    return correlation;
}

EventStart readEventStart(
    Reading &reading, const WrittenValue &written, const std::string &pointer)
{
    FieldReader fields(reading, written, pointer);
    EventStart start{fields.textValue("id"), fields.value("input")};
    fields.refuseRest();
    return start;
}

/// The object member `key`, or nothing.
const WrittenValue *objectIn(FieldReader &fields, std::string_view key)
{
    const WrittenValue *written = fields.find(key);
    if (!written || written->kind == JsonKind::Object)
        return written;
    fields.wrongType(key, "an object");
    return nullptr;
}

/// How the event finds an instance (semantics 10).
void readReach(Reading &reading, FieldReader &fields, EventDeclaration &event)
{
    if (const WrittenValue *correlate = objectIn(fields, "correlate"))
        event.correlate = readCorrelation(reading, *correlate, fields.pointerTo("correlate"));
    event.deliver = fields.text("deliver");
    event.ttl = fields.duration("ttl");
    if (const WrittenValue *start = objectIn(fields, "startsFlow"))
        event.startsFlow = readEventStart(reading, *start, fields.pointerTo("startsFlow"));
}

std::vector<EventDeclaration> readEvents(Reading &reading, FieldReader &fields)
{
    std::vector<EventDeclaration> events;
    for (const auto &[name, written] : fields.members("events")) {
        FieldReader one(reading, *written, childPointer("/events", name));
        if (written->kind != JsonKind::Object) {
            one.problem("wrong-type", {}, "The event '%1' must be an object.", {name});
            continue;
        }
        EventDeclaration event{.name = name};
        event.schema = one.json("schema");
        event.description = one.text("description");
        event.example = one.json("example");
        event.onInvalid = one.text("onInvalid");
        event.convert = one.flag("convert").value_or(true);
        readReach(reading, one, event);
        event.unknown = one.rest();
        events.push_back(std::move(event));
    }
    return events;
}

std::optional<int> coordinate(const Reading &reading, const WrittenValue &value)
{
    constexpr int farthest = 10'000'000;
    const std::string_view digits = value.in(reading.text);
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return {};
    return number >= -farthest && number <= farthest ? std::optional(number) : std::nullopt;
}

void readPositions(Reading &reading, FieldReader &fields, Layout &layout)
{
    for (const auto &[step, written] : fields.members("steps")) {
        std::optional<int> x;
        std::optional<int> y;
        if (written->kind == JsonKind::Array && written->members.size() == 2) {
            x = coordinate(reading, written->members[0].value);
            y = coordinate(reading, written->members[1].value);
        }
        if (x && y)
            layout.steps.emplace_back(StepId{step}, Position{*x, *y});
        else
            fields.problem("wrong-type", "steps",
                "The position of '%1' must be two whole numbers, as in [120, 80].", {step});
    }
}

Layout readLayout(Reading &reading, FieldReader &flow)
{
    Layout layout;
    const WrittenValue *written = flow.find("layout");
    if (!written)
        return layout;
    if (written->kind != JsonKind::Object) {
        flow.wrongType("layout", "an object");
        return layout;
    }
    FieldReader fields(reading, *written, "/layout");
    layout.direction = fields.text("direction");
    readPositions(reading, fields, layout);
    layout.notes = fields.json("notes").value_or(JsonText());
    layout.unknown = fields.rest();
    return layout;
}

void readFormat(const Reading &reading, FieldReader &fields)
{
    const WrittenValue *format = fields.find("signalbox");
    if (!format)
        fields.problem("missing-format", {}, "Begin the file with \"signalbox\": 1.");
    else if (format->in(reading.text) != "1")
        fields.problem("other-format", "signalbox",
            "The format must be 1; this is %1, perhaps of a newer Signalbox.",
            {std::string(format->in(reading.text).substr(0, 40))});
}

std::vector<std::pair<std::string, JsonText>> readVariables(FieldReader &fields)
{
    std::vector<std::pair<std::string, JsonText>> variables;
    for (const auto &[name, value] : fields.members("variables"))
        variables.emplace_back(name, fields.jsonOf(*value));
    return variables;
}

Flow readMembers(Reading &reading, const WrittenValue &written)
{
    FieldReader fields(reading, written, {});
    readFormat(reading, fields);
    fields.find("$schema"); // for editors
    Flow flow;
    flow.name = {fields.text("name")};
    flow.description = fields.text("description");
    flow.input = fields.json("input");
    flow.events = readEvents(reading, fields);
    flow.variables = readVariables(fields);
    flow.start = fields.stepId("start");
    for (const auto &[id, step] : fields.members("steps"))
        flow.steps.push_back(readStep(reading, *step, {id}));
    flow.interrupts = readInterrupts(reading, fields);
    flow.retention = fields.text("retention");
    flow.layout = readLayout(reading, fields);
    flow.unknown = fields.rest();
    return flow;
}

} // namespace

Result<ReadFlow> readFlow(std::string_view text)
{
    if (text.size() > largestFile)
        return Error{ErrorCode::TooLarge, "a flow file has at most 64 MiB"};
    const auto written = writtenJson(text);
    if (!written)
        return written.error();
    if (!findMember(*written, "signalbox") && !findMember(*written, "steps"))
        return Error{ErrorCode::InvalidArgument, "line 1, column 1: this is no flow: it needs "
                                                 "\"signalbox\": 1, a name, a start and steps"};
    Reading reading{text, {}, {}};
    LineReader(reading).read(*written, {});
    for (Problem &problem : reading.problems)
        problem.step = stepAt(problem.pointer);
    Flow flow = readMembers(reading, *written);
    return ReadFlow{std::move(flow), std::move(reading.lines), std::move(reading.problems)};
}

} // namespace engine
