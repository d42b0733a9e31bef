#pragma once

#include "engine/runtime/deciding.h"

namespace engine {

/// `value` filled in, or null where the step leaves it out.
std::variant<JsonText, Failure> fillOr(
    Deciding &deciding, const std::optional<Template> &value, const Place &place);
/// `value` filled in as a string; ValidationError if it is none or empty.
std::variant<std::string, Failure> textFrom(
    Deciding &deciding, const Template &value, const Place &place);
/// `value` filled in as an id that an instance may have; ValidationError says what is wrong with it.
std::variant<InstanceId, Failure> instanceIdFrom(
    Deciding &deciding, const Template &value, const Place &place);

} // namespace engine
