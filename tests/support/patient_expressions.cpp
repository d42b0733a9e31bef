#include "tests/support/patient_expressions.h"

#include "engine/expressions/javascript/javascript.h"

#include <QCoreApplication>

#include <memory>

namespace tests {
namespace {

using namespace engine;

/// Asks again when the deadline cut an evaluation off.
class PatientExpressions final : public Expressions
{
public:
    std::vector<ExpressionProblem> check(std::string_view source) override
    {
        return m_javascript->check(source);
    }
    std::vector<std::string> namesIn(std::string_view source) override
    {
        return m_javascript->namesIn(source);
    }
    std::string withName(
        std::string_view source, std::string_view from, std::string_view to) override
    {
        return m_javascript->withName(source, from, to);
    }
    Result<JsonText> evaluate(
        std::string_view source, const Scope &scope, const ExpressionPlace &place) override
    {
        auto value = m_javascript->evaluate(source, scope, place);
        while (isLate(value))
            value = m_javascript->evaluate(source, scope, place);
        return value;
    }
    Result<JsonText> run(std::string_view code, const Scope &scope, Milliseconds limit) override
    {
        return m_javascript->run(code, scope, limit);
    }

private:
    static bool isLate(const Result<JsonText> &value)
    {
        return !value && value.error().message.find("takes longer than") != std::string::npos;
    }

    std::unique_ptr<Expressions> m_javascript = makeJavaScript();
};

std::unique_ptr<PatientExpressions> shared;

} // namespace

Expressions &patientExpressions()
{
    if (!shared) {
        shared = std::make_unique<PatientExpressions>();
        qAddPostRoutine([] { shared.reset(); }); // QJSEngine must go before the application
    }
    return *shared;
}

std::unique_ptr<Expressions> makePatientExpressions()
{
    return std::make_unique<PatientExpressions>();
}

} // namespace tests
