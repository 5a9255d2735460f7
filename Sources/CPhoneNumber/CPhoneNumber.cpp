#include "CPhoneNumber.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <set>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// Nothing may be thrown into Swift: what cannot be worked out is no number.

bool cphonenumber_knows(const char *region) {
    try {
        std::set<std::string> regions;
        PhoneNumberUtil::GetInstance()->GetSupportedRegions(&regions);
        return regions.count(region) != 0;
    } catch (...) {
        return false;
    }
}

size_t cphonenumber_e164(const uint8_t *text, size_t length, const char *region, uint8_t *room) {
    if (text == nullptr) return 0;
    try {
        const PhoneNumberUtil &numbers = *PhoneNumberUtil::GetInstance();
        PhoneNumber number;
        const std::string input(reinterpret_cast<const char *>(text), length);
        if (numbers.Parse(input, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
        if (!numbers.IsValidNumber(number)) return 0;
        std::string result;
        numbers.Format(number, PhoneNumberUtil::E164, &result);
        if (result.size() > CPHONENUMBER_ROOM) return 0;
        std::memcpy(room, result.data(), result.size());
        return result.size();
    } catch (...) {
        return 0;
    }
}
