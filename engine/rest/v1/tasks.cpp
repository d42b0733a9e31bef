#include "engine/base/calendar.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/task_json.h"

namespace engine {

namespace {

constexpr int mostTasks = 1000;

Result<TaskId> taskOf(const Exchange &exchange)
{
    const std::string written = exchange.parameter("task");
    if (const auto id = taskIdFromText(written))
        return *id;
    return Error{ErrorCode::NotFound,
        "'" + written + "' is no task; GET /api/v1/tasks lists them", {}};
}

Result<TaskListRequest> listRequest(const UrlQuery &query)
{
    if (auto known = onlyParameters(
            query, {"assignee", "flow", "instance", "dueBefore", "after", "limit"});
        !known)
        return known.error();
    const auto limit = numberParameter(
        query, {.name = "limit", .least = 1, .most = mostTasks, .otherwise = 100});
    if (!limit)
        return limit.error();
    TaskListRequest request{{query.value("assignee"), {query.value("flow")},
                                {query.value("instance")}, {}},
        query.value("after"), static_cast<int>(*limit)};
    if (query.has("dueBefore")) {
        const auto due = instantFromText(query.value("dueBefore"));
        if (!due)
            return Error{
                ErrorCode::InvalidArgument, "'dueBefore': " + due.error().message, "/dueBefore"};
        request.filter.dueBefore = *due;
    }
    return request;
}

void listTasks(Exchange &exchange, const V1Context &context)
{
    auto request = listRequest(exchange.query());
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.tasks.list(*std::move(request), exchange.then<TaskPage>([&exchange](auto page) {
        exchange.answer(
            page ? jsonAnswer(200, toJsonText(*page)) : problemAnswer(page.error()));
    }));
}

void showTask(Exchange &exchange, const V1Context &context)
{
    const auto task = taskOf(exchange);
    if (!task)
        return exchange.answer(problemAnswer(task.error()));
    if (auto known = onlyParameters(exchange.query(), {}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.tasks.find(*task, exchange.then<TaskDetail>([&exchange](auto detail) {
        exchange.answer(
            detail ? jsonAnswer(200, toJsonText(*detail)) : problemAnswer(detail.error()));
    }));
}

/// The members of a body, each a text; the first that is wrong is kept.
class Body
{
public:
    Body(const Exchange &exchange, const JsonLimits &limits,
        std::initializer_list<std::string_view> known)
    {
        const std::string &body = exchange.request().body;
        auto object = readObject(body.empty() ? "{}" : body, limits, known);
        if (object)
            m_object = *std::move(object);
        else
            m_fault = object.error();
    }

    std::string text(std::string_view key)
    {
        auto value = m_object ? (*m_object)->optionalText(key) : std::optional<std::string>();
        if (!value)
            note(value.error());
        return value ? value->value_or(std::string()) : std::string();
    }
    bool flag(std::string_view key)
    {
        if (!m_object || !(*m_object)->has(key))
            return false;
        const auto value = (*m_object)->boolean(key);
        if (!value)
            note(value.error());
        return value ? *value : false;
    }
    JsonText value(std::string_view key) { return m_object ? m_object->payload(key) : JsonText(); }
    /// A name or a list of names.
    std::vector<std::string> names(std::string_view key)
    {
        std::vector<std::string> names;
        const nlohmann::json tree = value(key).tree();
        for (const nlohmann::json &name : tree.is_array() ? tree : nlohmann::json::array({tree})) {
            if (!name.is_string()) {
                note({ErrorCode::InvalidArgument,
                    "'" + std::string(key) + "' must be a name or a list of names",
                    m_object ? (*m_object)->pointerTo(key) : std::string()});
                break;
            }
            names.push_back(name.get<std::string>());
        }
        return names;
    }

    const std::optional<Error> &fault() const { return m_fault; }

private:
    void note(Error error)
    {
        if (!m_fault)
            m_fault = std::move(error);
    }

    std::optional<BodyObject> m_object;
    std::optional<Error> m_fault;
};

std::optional<std::string> keyOf(const Exchange &exchange)
{
    const std::string *key = exchange.header("Idempotency-Key");
    return key && !key->empty() ? std::optional(*key) : std::nullopt;
}

void answerTask(TasksDoor &tasks, const TaskId &task, Exchange &exchange, Body &body)
{
    AnswerRequest request{task, body.text("outcome"), body.text("comment"), body.value("data"),
        body.text("by"), keyOf(exchange), exchange.source()};
    if (!body.fault())
        tasks.answer(std::move(request), acceptedThen(exchange));
}

void claimTask(TasksDoor &tasks, const TaskId &task, Exchange &exchange, Body &body)
{
    ClaimRequest request{task, body.text("by"), exchange.source()};
    if (!body.fault())
        tasks.claim(std::move(request), acceptedThen(exchange));
}

void giveBackTask(TasksDoor &tasks, const TaskId &task, Exchange &exchange, Body &)
{
    tasks.giveBack({task, {}, exchange.source()}, acceptedThen(exchange));
}

void reassignTask(TasksDoor &tasks, const TaskId &task, Exchange &exchange, Body &body)
{
    ReassignRequest request{task, body.text("from"), body.names("to"), body.text("reason"),
        exchange.source()};
    if (!body.fault())
        tasks.reassign(std::move(request), acceptedThen(exchange));
}

void commentTask(TasksDoor &tasks, const TaskId &task, Exchange &exchange, Body &body)
{
    CommentRequest request{
        task, body.text("by"), body.text("text"), body.flag("question"), exchange.source()};
    if (!body.fault())
        tasks.comment(std::move(request), acceptedThen(exchange));
}

using Order = void (*)(TasksDoor &, const TaskId &, Exchange &, Body &);

void order(Exchange &exchange, const V1Context &context, Order give,
    std::initializer_list<std::string_view> known)
{
    const auto task = taskOf(exchange);
    if (!task)
        return exchange.answer(problemAnswer(task.error()));
    if (auto right = onlyParameters(exchange.query(), {}); !right)
        return exchange.answer(problemAnswer(right.error()));
    Body body(exchange, context.payload, known);
    if (!body.fault())
        give(context.door.tasks, *task, exchange, body);
    if (body.fault())
        exchange.answer(problemAnswer(*body.fault()));
}

} // namespace

void addTaskRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string method, std::string_view pattern, auto handle) {
        router.add(std::move(method), pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("GET", "api/v1/tasks", listTasks);
    add("GET", "api/v1/tasks/{task}", showTask);
    add("POST", "api/v1/tasks/{task}/answer", [](Exchange &exchange, const V1Context &where) {
        order(exchange, where, answerTask, {"outcome", "comment", "data", "by"});
    });
    add("POST", "api/v1/tasks/{task}/claim", [](Exchange &exchange, const V1Context &where) {
        order(exchange, where, claimTask, {"by"});
    });
    add("DELETE", "api/v1/tasks/{task}/claim", [](Exchange &exchange, const V1Context &where) {
        order(exchange, where, giveBackTask, {});
    });
    add("POST", "api/v1/tasks/{task}/reassign", [](Exchange &exchange, const V1Context &where) {
        order(exchange, where, reassignTask, {"from", "to", "reason"});
    });
    add("POST", "api/v1/tasks/{task}/comments", [](Exchange &exchange, const V1Context &where) {
        order(exchange, where, commentTask, {"by", "text", "question"});
    });
}

} // namespace engine
