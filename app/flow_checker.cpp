#include "app/flow_checker.h"

#include "engine/model/flow_check.h"
#include "engine/model/flow_reader.h"

using namespace Qt::StringLiterals;

namespace app {

/// Holds the evaluator, which belongs to the thread that made it.
class FlowChecker::Worker : public QObject
{
public:
    explicit Worker(engine::MakeExpressions makeExpressions)
        : m_makeExpressions(std::move(makeExpressions))
    {}

    std::vector<engine::Problem> check(const std::string &text)
    {
        const auto read = engine::readFlow(text);
        if (!read)
            return {{.id = "not-a-flow", .text = "%1", .arguments = {read.error().message}}};
        if (!m_expressions)
            m_expressions = m_makeExpressions();
        std::vector<engine::Problem> problems = read->problems;
        for (engine::Problem &problem : engine::checkFlow(*read, *m_expressions))
            problems.push_back(std::move(problem));
        return problems;
    }

private:
    engine::MakeExpressions m_makeExpressions;
    std::unique_ptr<engine::Expressions> m_expressions;
};

FlowChecker::FlowChecker(engine::MakeExpressions makeExpressions, QObject *parent)
    : QObject(parent)
    , m_worker(new Worker(std::move(makeExpressions)))
{
    m_thread.setObjectName(u"check"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

FlowChecker::~FlowChecker()
{
    ++m_newest; // what waits in the queue is not worth its time any more
    m_thread.quit();
    m_thread.wait();
}

void FlowChecker::check(
    std::string text, std::function<void(std::vector<engine::Problem>)> answered)
{
    const std::uint64_t ticket = ++m_newest;
    QMetaObject::invokeMethod(m_worker, [this, ticket, text = std::move(text),
                                            answered = std::move(answered)] {
        if (ticket != m_newest)
            return;
        auto problems = m_worker->check(text);
        QMetaObject::invokeMethod(this, [this, ticket, answered, problems = std::move(problems)] {
            if (ticket == m_newest)
                answered(problems);
        });
    });
}

} // namespace app
