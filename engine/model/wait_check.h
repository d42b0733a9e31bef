#pragma once

#include "engine/model/check_report.h"

#include <string>

namespace engine {

/// Reports what is wrong with a wait: its events, their number, its timeout.
void checkWait(const Flow &flow, const Step &step, const WaitStep &wait, CheckReport &report);

/// How an event's name stands in a step.
enum class NameForm { Text, Key };
/// Reports an event that interrupts the flow, is not declared, or is declared in another case.
void checkEventName(const Flow &flow, const CheckPlace &place, const std::string &name,
    CheckReport &report, NameForm form = NameForm::Text);
/// Reports an event that is not declared, or is declared in another case.
void checkDeclared(const Flow &flow, const CheckPlace &place, const std::string &name,
    CheckReport &report, NameForm form = NameForm::Text);
/// Reports a text that is neither a duration nor a date.
void checkTimeoutText(const CheckPlace &place, const Template &timeout, CheckReport &report);
/// `clock` is `pause` or left out.
void checkClock(const CheckPlace &place, const std::string &clock, CheckReport &report);

} // namespace engine
