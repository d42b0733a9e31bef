#include "engine/history/message_json.h"

#include "engine/base/overloaded.h"
#include "engine/history/record_text.h"

namespace engine {
namespace {

using Body = decltype(Message::body);

std::string_view typeName(const Body &body)
{
    return std::visit(Overloaded{
                          [](const StartInstance &) { return "StartInstance"; },
                          [](const RaiseEvent &) { return "RaiseEvent"; },
                          [](const TerminateInstance &) { return "TerminateInstance"; },
                          [](const TimerDue &) { return "TimerDue"; },
                          [](const ActivityFinished &) { return "ActivityFinished"; },
                          [](const GoOn &) { return "GoOn"; },
                          [](const SuspendInstance &) { return "SuspendInstance"; },
                          [](const ResumeInstance &) { return "ResumeInstance"; },
                          [](const RetryInstance &) { return "RetryInstance"; },
                          [](const DeleteKeptEvent &) { return "DeleteKeptEvent"; },
                          [](const HandOnEvent &) { return "HandOnEvent"; },
                          [](const ReplayUndelivered &) { return "ReplayUndelivered"; },
                          [](const DeleteUndelivered &) { return "DeleteUndelivered"; },
                          [](const SubFlowFinished &) { return "SubFlowFinished"; },
                          [](const AnswerTask &) { return "AnswerTask"; },
                          [](const ClaimTask &) { return "ClaimTask"; },
                          [](const ReassignTask &) { return "ReassignTask"; },
                          [](const CommentTask &) { return "CommentTask"; },
                          [](const RestartInstance &) { return "RestartInstance"; },
                          [](const RewindInstance &) { return "RewindInstance"; },
                          [](const EditVariables &) { return "EditVariables"; },
                          [](const SkipStep &) { return "SkipStep"; },
                          [](const MoveBranch &) { return "MoveBranch"; },
                          [](const PurgeInstance &) { return "PurgeInstance"; },
                          [](const RaiseCorrelated &) { return "RaiseCorrelated"; },
                          [](const SetWebhook &) { return "SetWebhook"; },
                          [](const SetAccessKey &) { return "SetAccessKey"; },
                          [](const SetGrant &) { return "SetGrant"; },
                          [](const RemoveFlowVersion &) { return "RemoveFlowVersion"; },
                          [](const NoteOperation &) { return "NoteOperation"; },
                      },
        body);
}

template<std::size_t Index = 0>
std::optional<Body> blankBody(std::string_view name)
{
    if constexpr (Index < std::variant_size_v<Body>) {
        Body body(std::in_place_index<Index>);
        return typeName(body) == name ? body : blankBody<Index + 1>(name);
    } else {
        return std::nullopt;
    }
}

Error damaged(const std::string &what)
{
    return {ErrorCode::Damaged, "the stored message is damaged: " + what, {}};
}

} // namespace

std::string messageToText(const Message &message)
{
    std::string text;
    RecordWriter writer(text, typeName(message.body));
    writer.field("instance", message.instance);
    writer.field("run", message.run.value);
    std::visit([&writer](const auto &body) { visitFields(writer, body); }, message.body);
    writer.close();
    return text;
}

Result<Message> messageFromText(std::string_view text)
{
    RecordReader reader(text);
    const std::string type = reader.type();
    auto body = blankBody(type);
    if (!body)
        return damaged("unknown type '" + type + "'");
    Message message{.body = *std::move(body)};
    reader.field("instance", message.instance);
    reader.field("run", message.run.value);
    std::visit([&reader](auto &record) { visitFields(reader, record); }, message.body);
    if (const auto fault = reader.fault())
        return damaged(type + ": " + *fault);
    return message;
}

} // namespace engine
