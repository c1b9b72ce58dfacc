-- What formulas compute with. All of it is total: nothing raises, whatever the arguments. All of it is the same in every session.

-- Decimal digits as the nearest double; infinite from halfway between the largest and the next on, 0 below half of the smallest.
create function pybase.double(n numeric) returns double precision language sql immutable parallel safe as $$
    select case
        when n = 'NaN' then 'NaN'::float8
        when n > 1.797693134862315807937e308 then 'Infinity'::float8
        when n < -1.797693134862315807937e308 then '-Infinity'::float8
        when abs(n) <= 2.4703282292062327209e-324 then 0::float8
        else n::float8
    end
$$;

-- The operators outside the magnitudes for which formulas compute inline: PostgreSQL raises where IEEE 754 gives an infinity or 0.
create function pybase.add(a double precision, b double precision) returns double precision language plpgsql immutable parallel safe as $$
begin
    -- A quarter of each has room for the sum, and rounds as the sum does: 4.49…e307 is 2^1022. A half of the smallest number is no number.
    if abs(a) between 1e300 and 1.7976931348623157e308 and abs(b) between 1e280 and 1.7976931348623157e308
        and abs(a / 4 + b / 4) >= 4.49423283715579e307 then
        return case when a > 0 then 'Infinity' else '-Infinity' end;
    elsif abs(b) between 1e300 and 1.7976931348623157e308 and abs(a) between 1e280 and 1.7976931348623157e308
        and abs(a / 4 + b / 4) >= 4.49423283715579e307 then
        return case when b > 0 then 'Infinity' else '-Infinity' end;
    end if;
    return a + b;
end $$;

create function pybase.multiply(a double precision, b double precision) returns double precision language plpgsql immutable parallel safe as $$
declare
    scale constant double precision := 2::float8 ^ 512;
    product double precision;
begin
    if a = 0 or b = 0 or abs(a) >= 'Infinity' or abs(b) >= 'Infinity' then
        return a * b;
    elsif abs(a) >= 1 and abs(b) >= 1 then
        product := (a / scale) * (b / scale);
        return case when abs(product) < 1 then a * b when product > 0 then 'Infinity' else '-Infinity' end;
    elsif abs(a) < 1 and abs(b) < 1 then
        if greatest(abs(a), abs(b)) < 2::float8 ^ -538 then
            return 0;
        end if;
        product := (a * scale) * (b * scale);
        -- 2^-51, scaled, is half of the smallest number.
        return case when abs(product) > 4.440892098500626e-16 then a * b else 0 end;
    end if;
    return a * b;
end $$;

create function pybase.divide(a double precision, b double precision) returns double precision language plpgsql immutable parallel safe as $$
begin
    if a = 'NaN' or b = 'NaN' then
        return 'NaN';
    elsif b = 0 then
        return case when a = 0 then 'NaN' when a > 0 then 'Infinity' else '-Infinity' end;
    elsif abs(b) = 'Infinity' then
        return case when abs(a) = 'Infinity' then 'NaN'::float8 else 0 end;
    elsif a = 0 then
        return 0;
    elsif abs(a) = 'Infinity' then
        return case when (a > 0) = (b > 0) then 'Infinity' else '-Infinity' end;
    elsif abs(b) < 1 and (abs(a) > 1.7976931348623157e308 * abs(b)
        -- Half of the quotient rounds as it does; 8.98…e307 is 2^1023.
        or abs(a) = 1.7976931348623157e308 * abs(b) and abs(a / (b * 2)) >= 8.98846567431158e307) then
        return case when (a > 0) = (b > 0) then 'Infinity' else '-Infinity' end;
    elsif abs(b) >= 1 and abs(a) < 1e-15 and abs(a) * 2::float8 ^ 537 <= abs(b) * 2::float8 ^ -538 then
        return 0;
    end if;
    return a / b;
end $$;

-- Where the result would be smaller than an ordinary double it is 0.
create function pybase.exp(x double precision) returns double precision language sql immutable parallel safe as $$
    select case when x = 'NaN' then x when x > 709.7827128933 then 'Infinity' when x < -708.39 then 0 else exp(x) end
$$;

create function pybase.ln(x double precision) returns double precision language sql immutable parallel safe as $$
    select case when x > 0 then ln(x) when x = 0 then '-Infinity' else 'NaN' end
$$;

create function pybase.log(x double precision, base double precision) returns double precision language sql immutable parallel safe as $$
    select case when base = 10 and x > 0 then log(x) when base > 0 then pybase.divide(pybase.ln(x), pybase.ln(base)) else 'NaN' end
$$;

create function pybase.power(a double precision, b double precision) returns double precision language plpgsql immutable parallel safe as $$
declare
    negative boolean;
    magnitude double precision;
begin
    if b = 0 or a = 1 then
        return 1;
    elsif a = 'NaN' or b = 'NaN' or abs(a) = 1 and abs(b) = 'Infinity' then
        return 'NaN';
    elsif abs(b) = 'Infinity' then
        return case when (abs(a) > 1) = (b > 0) then 'Infinity'::float8 else 0 end;
    elsif a < 0 and a > '-Infinity' and b <> trunc(b) then
        return 'NaN';
    end if;
    -- Beyond 2^53 every double is even.
    negative := a < 0 and abs(b) < 9007199254740992 and b = trunc(b) and b::bigint % 2 <> 0;
    if a = 0 or abs(a) = 'Infinity' then
        magnitude := case when (a = 0) = (b > 0) then 0 else 'Infinity'::float8 end;
    elsif abs(b) > 1e300 then
        magnitude := case when abs(a) = 1 then 1::float8 when (abs(a) > 1) = (b > 0) then 'Infinity'::float8 else 0 end;
    elsif abs(b) < 1e-300 then
        magnitude := 1;
    elsif b * ln(abs(a)) > 709.7827128933 then
        magnitude := 'Infinity';
    elsif b * ln(abs(a)) < -708.39 then
        magnitude := 0;
    else
        return a ^ b;
    end if;
    return case when negative then -magnitude else magnitude end;
end $$;

create function pybase.mod(a double precision, b double precision) returns double precision language plpgsql immutable parallel safe as $$
declare
    divisor numeric;
    remains numeric;
begin
    if b = 0 or a = 'NaN' or b = 'NaN' or abs(a) = 'Infinity' then
        return 'NaN';
    elsif abs(b) = 'Infinity' then
        return case when a = 0 or (a > 0) = (b > 0) then a else b end;
    end if;
    divisor := b::text::numeric;
    remains := mod(a::text::numeric, divisor);
    return pybase.double(case when remains <> 0 and sign(remains) <> sign(divisor) then remains + divisor else remains end);
end $$;

-- By decimal digits: 2.675 to two of them is 2.68. Direction 0 to the nearest, 1 away from 0, -1 towards 0.
create function pybase.round(x double precision, digits double precision, direction integer) returns double precision language plpgsql immutable parallel safe as $$
declare
    places integer := greatest(least(pybase.whole(digits), 400), -400);
    n numeric;
    cut numeric;
begin
    if x = 'NaN' or abs(x) = 'Infinity' then
        return x;
    end if;
    n := x::text::numeric;
    if direction = 0 then
        return pybase.double(round(n, places));
    end if;
    cut := trunc(n, places);
    return pybase.double(case when direction = 1 and cut <> n then cut + sign(n) * ('1e' || -places)::numeric else cut end);
end $$;

-- The next multiple of a step, up or down.
create function pybase.multiple(x double precision, step double precision, up boolean) returns double precision language plpgsql immutable parallel safe as $$
declare
    n numeric;
    size numeric;
    remains numeric;
begin
    if x = 'NaN' or abs(x) = 'Infinity' then
        return x;
    elsif step = 'NaN' or abs(step) = 'Infinity' then
        return 'NaN';
    elsif step = 0 then
        return 0;
    end if;
    n := x::text::numeric;
    size := abs(step::text::numeric);
    remains := mod(n, size);
    return pybase.double(n - remains + case when up and remains > 0 then size when not up and remains < 0 then -size else 0 end);
end $$;

-- A number as a count or a place.
create function pybase.whole(x double precision) returns integer language sql immutable parallel safe as $$
    select case when x = 'NaN' then 0 when x >= 1e9 then 1000000000 when x <= -1e9 then -1000000000 else trunc(x)::integer end
$$;

-- As JavaScript writes it: exponents from 1e21 on and below 1e-6.
create function pybase.number_text(x double precision) returns text language sql immutable parallel safe as $$
    select case
        when x = 0 then '0'
        when abs(x) >= 1e-4 and abs(x) < 1e15 then x::text
        when abs(x) >= 1e-6 and abs(x) < 1e21 then trim_scale(x::text::numeric)::text
        else regexp_replace(x::text, 'e([+-])0+', 'e\1')
    end
$$;

-- The number that a text shows, null when it shows none.
create function pybase.to_number(shown text) returns double precision language plpgsql immutable parallel safe as $$
declare
    bare text;
    n numeric;
begin
    if length(shown) > 1000 then
        return null;
    end if;
    bare := regexp_replace(shown, '[\s,$€£¥' || chr(160) || chr(8239) || ']', '', 'g');
    if bare !~ '^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?%?$' then
        return null;
    end if;
    n := rtrim(bare, '%')::numeric;
    return pybase.double(case when right(bare, 1) = '%' then n * 0.01 else n end);
end $$;

create function pybase.numbers(items text[]) returns double precision[] language sql immutable parallel safe as
$$ select array(select pybase.to_number(i) from unnest($1) with ordinality as u(i, place) order by place) $$;

create function pybase.day_text(d date) returns text language sql immutable parallel safe as
$$ select to_char(d::timestamp, 'YYYY-MM-DD') $$;

create function pybase.moment_text(d timestamptz) returns text language sql immutable parallel safe as
$$ select to_char(d at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

create function pybase.texts(items double precision[]) returns text[] language sql immutable parallel safe as
$$ select array(select pybase.number_text(i) from unnest($1) with ordinality as u(i, place) order by place) $$;

create function pybase.texts(items boolean[]) returns text[] language sql immutable parallel safe as
$$ select array(select case when i then '1' else '0' end from unnest($1) with ordinality as u(i, place) order by place) $$;

create function pybase.texts(items date[]) returns text[] language sql immutable parallel safe as
$$ select array(select pybase.day_text(i) from unnest($1) with ordinality as u(i, place) order by place) $$;

create function pybase.texts(items timestamptz[]) returns text[] language sql immutable parallel safe as
$$ select array(select pybase.moment_text(i) from unnest($1) with ordinality as u(i, place) order by place) $$;

create function pybase.unique(items anyarray) returns anyarray language sql immutable parallel safe as
$$ select array(select i from (select i, min(place) as place from unnest($1) with ordinality as u(i, place) group by i) firsts order by place) $$;

create function pybase.compact(items anyarray) returns anyarray language sql immutable parallel safe as
$$ select array(select i from unnest($1) with ordinality as u(i, place) where i is not null and i::text <> '' order by place) $$;

create function pybase.slice(items anyarray, first double precision, last double precision) returns anyarray language sql immutable parallel safe as $$
    select $1[greatest(pybase.whole(first) + case when first < 0 then cardinality($1) + 1 else 0 end, 1)
        : least(pybase.whole(last) + case when last < 0 then cardinality($1) + 1 else 0 end, cardinality($1))]
$$;

-- The place of a text in another behind so many characters, 0 when it is not there.
create function pybase.find(wanted text, hay text, skip integer) returns integer language sql immutable parallel safe as $$
    select case when strpos(substr(hay, least(greatest(skip, 0), length(hay)) + 1), wanted) = 0 then 0
        else strpos(substr(hay, least(greatest(skip, 0), length(hay)) + 1), wanted) + least(greatest(skip, 0), length(hay)) end
$$;

-- One occurrence by number, or all when that is null; cut at 100,000 characters before it is built.
create function pybase.substitute(whole text, old text, new text, number integer) returns text language plpgsql immutable parallel safe as $$
declare
    parts text[];
begin
    if old = '' or strpos(whole, old) = 0 then
        return whole;
    elsif number is null and length(whole)::bigint * greatest(length(new), 1) <= 10000000 then
        return left(replace(whole, old, new), 100000);
    end if;
    parts := string_to_array(whole, old);
    if number is null then
        return left(array_to_string(parts[1 : 100000 / greatest(length(new), 1) + 2], new), 100000);
    elsif number < 1 or number >= cardinality(parts) then
        return whole;
    end if;
    return left(array_to_string(parts[1 : number], old) || new || array_to_string(parts[number + 1 :], old), 100000);
end $$;

create function pybase.encode_url(whole text) returns text language sql immutable parallel safe as $$
    select case when whole ~ '^[A-Za-z0-9_.!~*''()-]*$' then whole else left((
        select string_agg(case when c ~ '[A-Za-z0-9_.!~*''()-]' then c else regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%\1', 'g') end, '' order by place)
        from string_to_table(whole, null) with ordinality as u(c, place)), 100000) end
$$;

-- Letters of every language, whatever the server's own. In functions, since a collation named in an expression would follow it into comparisons.
create function pybase.upper(whole text) returns text language sql immutable parallel safe as $$ select left(upper(whole collate "und-x-icu"), 100000) collate "default" $$;

create function pybase.lower(whole text) returns text language sql immutable parallel safe as $$ select left(lower(whole collate "und-x-icu"), 100000) collate "default" $$;

create function pybase.proper(whole text) returns text language sql immutable parallel safe as $$ select left(initcap(whole collate "und-x-icu"), 100000) collate "default" $$;

-- What JavaScript takes for white space.
create function pybase.trim(whole text) returns text language sql immutable parallel safe as
$$ select btrim(whole, E' \t\n\r\x0b\f\u00a0\ufeff\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000') $$;
