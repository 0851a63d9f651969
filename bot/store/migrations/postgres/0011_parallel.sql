-- A body that cannot be read needs a subtransaction, which no statement may begin that is worked by several at once.
ALTER FUNCTION json_or_null(text) PARALLEL UNSAFE;
