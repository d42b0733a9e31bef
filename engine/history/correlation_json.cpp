#include "engine/history/correlation_json.h"

#include "engine/history/record_text.h"

namespace engine {

std::string answerToText(const CorrelationAnswer &answer)
{
    std::string text;
    RecordWriter writer(text);
    visitFields(writer, answer);
    writer.close();
    return text;
}

Result<CorrelationAnswer> answerFromText(std::string_view text)
{
    RecordReader reader(text);
    CorrelationAnswer answer;
    visitFields(reader, answer);
    if (const auto fault = reader.fault())
        return Error{ErrorCode::Damaged, "the stored answer to an event is damaged: " + *fault, {}};
    return answer;
}

} // namespace engine
