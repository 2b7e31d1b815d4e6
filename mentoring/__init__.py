"""Target mentoring model (ЦМН): its rules and use-cases, free of any messenger, web framework or scheduler."""
