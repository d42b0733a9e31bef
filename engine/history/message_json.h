#pragma once

#include "engine/base/result.h"
#include "engine/history/message.h"

#include <string>
#include <string_view>

namespace engine {

/// The stored text of a message: `{"type":"GoOn","instance":"order-7","run":12}`.
std::string messageToText(const Message &message);
/// Damaged if the text is no message of this version.
Result<Message> messageFromText(std::string_view text);

} // namespace engine
