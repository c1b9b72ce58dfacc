-- What the date functions of formulas compute with. All of it is total: what has no answer is null, nothing raises, whatever the arguments. All of it is
-- the same in every session: no TimeZone, DateStyle or language setting is read. Years are 0001 to 9999, as in every date field.

-- Zones by lower-case name, with what a clock there is called at each of its offsets. Filled once from the server's own zones.
create table pybase.time_zones (
    name text collate "C" not null,
    offset_minutes integer not null,
    abbreviation text not null,
    primary key (name, offset_minutes)
);

do $$
declare
    session_zone text := current_setting('TimeZone');
    zone text;
begin
    for zone in select name from pg_catalog.pg_timezone_names where name !~ '^(posix|right)/' and name not in ('Factory', 'posixrules', 'localtime') loop
        perform set_config('TimeZone', zone, true);
        insert into pybase.time_zones
        select lower(zone), extract(timezone from moment) / 60, to_char(moment, 'TZ')
        from (values (timestamptz '2024-01-01 12:00Z'), (timestamptz '2024-07-01 12:00Z')) as seasons (moment)
        on conflict do nothing;
    end loop;
    perform set_config('TimeZone', session_zone, true);
end $$;

-- The name if the server knows the zone, so that AT TIME ZONE never raises. Immutable, though it reads a table: zones are written above and never again,
-- and a name that stands in a formula is looked up once per statement instead of once per row.
create function pybase.zone(name text) returns text language sql immutable parallel safe as
$$ select z.name from pybase.time_zones z where z.name = lower($1) limit 1 $$;

create function pybase.zone_abbreviation(zone text, minutes integer) returns text language sql immutable parallel safe as $$
    select coalesce(
        (select z.abbreviation from pybase.time_zones z where z.name = lower($1) and z.offset_minutes = $2),
        case when $2 < 0 then '-' else '+' end || to_char(abs($2) / 60, 'FM00') || ':' || to_char(abs($2) % 60, 'FM00'))
$$;

-- The clock of a zone, which pybase.zone knows.
create function pybase.wall(d timestamptz, zone text) returns timestamp language sql immutable parallel safe as $$
    select case when d >= timestamptz '0001-01-02 00:00Z' and d < timestamptz '9999-12-31 00:00Z' then d at time zone zone
        when d >= timestamptz '0001-01-01 00:00Z' and d < timestamptz '10000-01-01 00:00Z'
            and d at time zone zone >= timestamp '0001-01-01' and d at time zone zone < timestamp '10000-01-01' then d at time zone zone end
$$;

create function pybase.utc(d timestamptz) returns timestamp language sql immutable parallel safe as
$$ select case when d >= timestamptz '0001-01-01 00:00Z' and d < timestamptz '10000-01-01 00:00Z' then d at time zone 'UTC' end $$;

create function pybase.from_utc(d timestamp) returns timestamptz language sql immutable parallel safe as
$$ select case when d >= timestamp '0001-01-01' and d < timestamp '10000-01-01' then d at time zone 'UTC' end $$;

-- A day where a moment is asked for: its first in UTC.
create function pybase.midnight(d date) returns timestamptz language sql immutable parallel safe as
$$ select case when d >= date '0001-01-01' and d <= date '9999-12-31' then d::timestamp at time zone 'UTC' end $$;

create function pybase.day_of(d timestamp) returns date language sql immutable parallel safe as
$$ select case when d >= timestamp '0001-01-01' and d < timestamp '10000-01-01' then d::date end $$;

-- M is a month and m a minute; of every other name the case does not matter.
create function pybase.date_unit(unit text) returns text language sql immutable parallel safe as $$
    select case
        when unit = 'M' then 'month'
        when unit = 'm' then 'minute'
        else case lower(unit)
            when 'ms' then 'millisecond' when 'millisecond' then 'millisecond' when 'milliseconds' then 'millisecond'
            when 's' then 'second' when 'second' then 'second' when 'seconds' then 'second'
            when 'minute' then 'minute' when 'minutes' then 'minute'
            when 'h' then 'hour' when 'hour' then 'hour' when 'hours' then 'hour'
            when 'd' then 'day' when 'day' then 'day' when 'days' then 'day'
            when 'w' then 'week' when 'week' then 'week' when 'weeks' then 'week'
            when 'month' then 'month' when 'months' then 'month'
            when 'q' then 'quarter' when 'quarter' then 'quarter' when 'quarters' then 'quarter'
            when 'y' then 'year' when 'year' then 'year' when 'years' then 'year'
        end
    end
$$;

-- Calendar units count whole days or months (halves away from zero), clock units to the millisecond: as moment.js adds.
create function pybase.date_add(d timestamptz, n double precision, unit text) returns timestamptz language plpgsql immutable parallel safe as $$
declare
    wall timestamp := pybase.utc(d);
    size double precision;
    months double precision;
begin
    if wall is null or n is null or not abs(n) <= 4e14 then
        return null;
    end if;
    size := case unit when 'year' then 12 when 'quarter' then 3 when 'month' then 1 end;
    if size is not null then
        months := trunc(n * size + sign(n) * 0.5);
        if not abs(months) < 120000
            or date_part('year', wall) * 12 + date_part('month', wall) - 1 + months not between 12 and 119999 then
            return null;
        end if;
        return (wall + make_interval(months => months::integer)) at time zone 'UTC';
    end if;
    size := case unit when 'week' then 7 when 'day' then 1 end;
    if size is not null then
        n := trunc(n * size + sign(n) * 0.5);
        return case when n + (wall::date - date '0001-01-01') between 0 and 3652058 then pybase.from_utc(wall + make_interval(days => n::integer)) end;
    end if;
    n := n * case unit when 'hour' then 3600000 when 'minute' then 60000 when 'second' then 1000 when 'millisecond' then 1 end;
    n := case when wall >= timestamp '1970-01-01' then floor(n) else ceil(n) end;
    if n is null or n / 86400000 + (wall::date - date '0001-01-01') not between -1 and 3652059 then
        return null;
    end if;
    -- Days apart from the rest, whose seconds are then exact in a double.
    return pybase.from_utc(wall + make_interval(days => trunc(n / 86400000)::integer, secs => (n - trunc(n / 86400000) * 86400000) / 1000));
end $$;

-- Months from a to b, in part of the month at the end, by the clock: as moment.js counts them.
create function pybase.months_between(a timestamp, b timestamp) returns double precision language plpgsql immutable parallel safe as $$
declare
    whole integer := (date_part('year', b) - date_part('year', a)) * 12 + date_part('month', b) - date_part('month', a);
    anchor timestamp := a + make_interval(months => whole);
    beyond timestamp := a + make_interval(months => case when b < anchor then whole - 1 else whole + 1 end);
begin
    return whole + extract(epoch from b - anchor) / abs(extract(epoch from beyond - anchor));
end $$;

create function pybase.date_diff(a timestamptz, b timestamptz, unit text) returns double precision language plpgsql immutable parallel safe as $$
declare
    x timestamp := pybase.utc(a);
    y timestamp := pybase.utc(b);
    months double precision;
begin
    if x is null or y is null then
        return null;
    end if;
    if unit in ('month', 'quarter', 'year') then
        months := case when date_part('day', x) < date_part('day', y) then pybase.months_between(y, x) else -pybase.months_between(x, y) end;
        return trunc(months / case unit when 'month' then 1 when 'quarter' then 3 else 12 end) + 0.0;
    end if;
    return trunc(extract(epoch from x - y) * 1000 / case unit
        when 'millisecond' then 1 when 'second' then 1000 when 'minute' then 60000 when 'hour' then 3600000 when 'day' then 86400000 when 'week' then 604800000 end);
end $$;

-- Weeks start on Sunday.
create function pybase.date_start(d timestamptz, unit text) returns timestamp language sql immutable parallel safe as $$
    select case when unit = 'week' then date_trunc('day', pybase.utc(d)) - make_interval(days => date_part('dow', pybase.utc(d))::integer)
        else date_trunc(unit, pybase.utc(d)) end
$$;

-- The first day of the week that a day is in.
create function pybase.week_start(d date, first_day integer) returns date language sql immutable parallel safe as
$$ select d - (date_part('dow', d)::integer - first_day + 7) % 7 $$;

-- The year that a week belongs to: the one whose day `in_first` of January (1 or 4) lies in its week 1.
create function pybase.week_year(d date, first_day integer, in_first integer) returns integer language sql immutable parallel safe as
$$ select date_part('year', pybase.week_start(d, first_day) + (7 - in_first))::integer $$;

create function pybase.week_number(d date, first_day integer, in_first integer) returns integer language plpgsql immutable parallel safe as $$
begin
    return case when d >= date '0001-01-01' and d <= date '9999-12-31' then (pybase.week_start(d, first_day)
        - pybase.week_start(make_date(pybase.week_year(d, first_day, in_first), 1, in_first), first_day)) / 7 + 1 end;
end $$;

-- Days free of work: each once, none on a weekend; null when one of them is no date.
create function pybase.holidays(days date[]) returns date[] language sql immutable parallel safe as $$
    select case when days is not null then array(
        select distinct day from unnest(days) as day where day >= date '0001-01-01' and day <= date '9999-12-31' and date_part('isodow', day) < 6 order by day) end
$$;

create function pybase.holidays(days text) returns date[] language plpgsql immutable parallel safe as $$
declare
    found date[] := '{}';
    day text;
    read date;
begin
    if days is null then
        return null;
    end if;
    foreach day in array string_to_array(days, ',') loop
        continue when btrim(day) = '';
        read := pybase.day_of(pybase.utc(pybase.date_read(day, 'en')));
        if read is null or cardinality(found) >= 10000 then
            return null;
        end if;
        found := found || read;
    end loop;
    return pybase.holidays(found);
end $$;

-- The weekday that many weekdays away. From a weekend, the count starts at its edge.
create function pybase.weekday_from(d date, n integer) returns date language sql immutable parallel safe as $$
    select case
        when n = 0 then d
        when n > 0 then d - greatest(date_part('isodow', d)::integer - 5, 0) - (least(date_part('isodow', d)::integer, 5) - 1)
            + (least(date_part('isodow', d)::integer, 5) - 1 + n) / 5 * 7 + (least(date_part('isodow', d)::integer, 5) - 1 + n) % 5
        else d + case date_part('isodow', d) when 6 then 2 when 7 then 1 else 0 end + (4 - case when date_part('isodow', d) > 5 then 0 else date_part('isodow', d)::integer - 1 end)
            - (4 - case when date_part('isodow', d) > 5 then 0 else date_part('isodow', d)::integer - 1 end - n) / 5 * 7
            - (4 - case when date_part('isodow', d) > 5 then 0 else date_part('isodow', d)::integer - 1 end - n) % 5
    end
$$;

create function pybase.workday(d date, n double precision, holidays date[]) returns date language plpgsql immutable parallel safe as $$
declare
    day date := d;
    step integer;
    previous date;
begin
    if d is null or d < date '0001-01-01' or d > date '9999-12-31' or n is null or holidays is null
        or n + (d - date '0001-01-01') not between 0 and 3652058 then
        return null;
    end if;
    step := trunc(n);
    -- Each round steps over the holidays that the one before it passed.
    while step <> 0 loop
        previous := day;
        day := pybase.weekday_from(day, step);
        if day < date '0001-01-01' or day > date '9999-12-31' then
            return null;
        end if;
        step := sign(n)::integer * (select count(*) from unnest(holidays) as free
            where case when n > 0 then free > previous and free <= day else free < previous and free >= day end);
    end loop;
    return day;
end $$;

create function pybase.workday(d timestamptz, n double precision, holidays date[]) returns timestamptz language sql immutable parallel safe as
$$ select pybase.from_utc(pybase.utc(d) + make_interval(days => pybase.workday(pybase.day_of(pybase.utc(d)), n, holidays) - pybase.day_of(pybase.utc(d)))) $$;

-- Both ends count; backwards the count is negative.
create function pybase.workday_diff(a date, b date, holidays date[]) returns double precision language plpgsql immutable parallel safe as $$
declare
    low integer;
    days integer;
begin
    if a is null or b is null or holidays is null or least(a, b) < date '0001-01-01' or greatest(a, b) > date '9999-12-31' then
        return null;
    end if;
    low := least(a, b) - date '0001-01-01';
    days := greatest(a, b) - date '0001-01-01' + 1;
    -- The first day of year 1 was a Monday.
    days := days / 7 * 5 + least(days % 7, 5) - (low / 7 * 5 + least(low % 7, 5))
        - (select count(*) from unnest(holidays) as free where free between least(a, b) and greatest(a, b));
    return case when a > b then -days else days end;
end $$;

create function pybase.month_end(d timestamptz, months double precision) returns date language plpgsql immutable parallel safe as $$
declare
    wall timestamp := date_trunc('month', pybase.utc(d));
begin
    if wall is null or months is null or not abs(months) < 120000
        or date_part('year', wall) * 12 + date_part('month', wall) - 1 + trunc(months) not between 12 and 119999 then
        return null;
    end if;
    return (wall + make_interval(months => trunc(months)::integer + 1))::date - 1;
end $$;

-- "3 days", "a month": how moment.js words the time between two moments.
create function pybase.time_between(a timestamptz, b timestamptz) returns text language plpgsql immutable parallel safe as $$
declare
    low timestamp := least(pybase.utc(a), pybase.utc(b));
    high timestamp := greatest(pybase.utc(a), pybase.utc(b));
    months integer;
    milliseconds double precision;
    days double precision;
    n double precision;
begin
    if pybase.utc(a) is null or pybase.utc(b) is null then
        return null;
    end if;
    months := (date_part('year', high) - date_part('year', low)) * 12 + date_part('month', high) - date_part('month', low);
    if low + make_interval(months => months) > high then
        months := months - 1;
    end if;
    milliseconds := extract(epoch from high - (low + make_interval(months => months))) * 1000;
    days := floor(months * 146097.0 / 4800 + 0.5) + milliseconds / 86400000;
    n := floor(days * 86400 + 0.5);
    if n < 45 then return 'a few seconds'; end if;
    n := floor(days * 1440 + 0.5);
    if n < 45 then return case when n <= 1 then 'a minute' else n || ' minutes' end; end if;
    n := floor(days * 24 + 0.5);
    if n < 22 then return case when n <= 1 then 'an hour' else n || ' hours' end; end if;
    n := floor(days + 0.5);
    if n < 26 then return case when n <= 1 then 'a day' else n || ' days' end; end if;
    days := months + milliseconds / 86400000 * 4800 / 146097;
    n := floor(days + 0.5);
    if n < 11 then return case when n <= 1 then 'a month' else n || ' months' end; end if;
    n := floor(days / 12 + 0.5);
    return case when n <= 1 then 'a year' else n || ' years' end;
end $$;

-- The nearest language whose names are known; English when none is.
create function pybase.locale(name text) returns text language sql immutable parallel safe as $$
    select case
        when lower(replace(name, '_', '-')) in ('en-gb', 'pt-br') then lower(replace(name, '_', '-'))
        when split_part(lower(replace(name, '_', '-')), '-', 1) in ('no', 'nn') then 'nb'
        when split_part(lower(replace(name, '_', '-')), '-', 1) in ('de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'da', 'nb', 'fi', 'pl', 'ja')
            then split_part(lower(replace(name, '_', '-')), '-', 1)
        else 'en'
    end
$$;

-- The names of months and weekdays, and under L the forms LT, LTS, L, LL, LLL, LLLL, l, ll, lll, llll; all as in moment.js.
create function pybase.locale_words(locale text, kind text) returns text[] language sql immutable parallel safe as $$
    select case kind
        when 'MMMM' then case locale
            when 'de' then '{Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember}'
            when 'fr' then '{janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre}'
            when 'es' then '{enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre}'
            when 'it' then '{gennaio,febbraio,marzo,aprile,maggio,giugno,luglio,agosto,settembre,ottobre,novembre,dicembre}'
            when 'nl' then '{januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december}'
            when 'pt' then '{janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro}'
            when 'pt-br' then '{janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro}'
            when 'sv' then '{januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december}'
            when 'da' then '{januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december}'
            when 'nb' then '{januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember}'
            when 'fi' then '{tammikuu,helmikuu,maaliskuu,huhtikuu,toukokuu,kesäkuu,heinäkuu,elokuu,syyskuu,lokakuu,marraskuu,joulukuu}'
            when 'pl' then '{styczeń,luty,marzec,kwiecień,maj,czerwiec,lipiec,sierpień,wrzesień,październik,listopad,grudzień}'
            when 'ja' then '{1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月}'
            else '{January,February,March,April,May,June,July,August,September,October,November,December}'::text[] end
        when 'MMM' then case locale
            when 'de' then '{Jan.,Feb.,März,Apr.,Mai,Juni,Juli,Aug.,Sep.,Okt.,Nov.,Dez.}'
            when 'fr' then '{janv.,févr.,mars,avr.,mai,juin,juil.,août,sept.,oct.,nov.,déc.}'
            when 'es' then '{ene.,feb.,mar.,abr.,may.,jun.,jul.,ago.,sep.,oct.,nov.,dic.}'
            when 'it' then '{gen,feb,mar,apr,mag,giu,lug,ago,set,ott,nov,dic}'
            when 'nl' then '{jan.,feb.,mrt.,apr.,mei,jun.,jul.,aug.,sep.,okt.,nov.,dec.}'
            when 'pt' then '{jan,fev,mar,abr,mai,jun,jul,ago,set,out,nov,dez}'
            when 'pt-br' then '{jan,fev,mar,abr,mai,jun,jul,ago,set,out,nov,dez}'
            when 'sv' then '{jan,feb,mar,apr,maj,jun,jul,aug,sep,okt,nov,dec}'
            when 'da' then '{jan,feb,mar,apr,maj,jun,jul,aug,sep,okt,nov,dec}'
            when 'nb' then '{jan.,feb.,mars,apr.,mai,juni,juli,aug.,sep.,okt.,nov.,des.}'
            when 'fi' then '{tammi,helmi,maalis,huhti,touko,kesä,heinä,elo,syys,loka,marras,joulu}'
            when 'pl' then '{sty,lut,mar,kwi,maj,cze,lip,sie,wrz,paź,lis,gru}'
            when 'ja' then '{1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月}'
            else '{Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec}'::text[] end
        when 'dddd' then case locale
            when 'de' then '{Sonntag,Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag}'
            when 'fr' then '{dimanche,lundi,mardi,mercredi,jeudi,vendredi,samedi}'
            when 'es' then '{domingo,lunes,martes,miércoles,jueves,viernes,sábado}'
            when 'it' then '{domenica,lunedì,martedì,mercoledì,giovedì,venerdì,sabato}'
            when 'nl' then '{zondag,maandag,dinsdag,woensdag,donderdag,vrijdag,zaterdag}'
            when 'pt' then '{Domingo,Segunda-feira,Terça-feira,Quarta-feira,Quinta-feira,Sexta-feira,Sábado}'
            when 'pt-br' then '{domingo,segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,sábado}'
            when 'sv' then '{söndag,måndag,tisdag,onsdag,torsdag,fredag,lördag}'
            when 'da' then '{søndag,mandag,tirsdag,onsdag,torsdag,fredag,lørdag}'
            when 'nb' then '{søndag,mandag,tirsdag,onsdag,torsdag,fredag,lørdag}'
            when 'fi' then '{sunnuntai,maanantai,tiistai,keskiviikko,torstai,perjantai,lauantai}'
            when 'pl' then '{niedziela,poniedziałek,wtorek,środa,czwartek,piątek,sobota}'
            when 'ja' then '{日曜日,月曜日,火曜日,水曜日,木曜日,金曜日,土曜日}'
            else '{Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday}'::text[] end
        when 'ddd' then case locale
            when 'de' then '{So.,Mo.,Di.,Mi.,Do.,Fr.,Sa.}'
            when 'fr' then '{dim.,lun.,mar.,mer.,jeu.,ven.,sam.}'
            when 'es' then '{dom.,lun.,mar.,mié.,jue.,vie.,sáb.}'
            when 'it' then '{dom,lun,mar,mer,gio,ven,sab}'
            when 'nl' then '{zo.,ma.,di.,wo.,do.,vr.,za.}'
            when 'pt' then '{Dom,Seg,Ter,Qua,Qui,Sex,Sáb}'
            when 'pt-br' then '{dom,seg,ter,qua,qui,sex,sáb}'
            when 'sv' then '{sön,mån,tis,ons,tors,fre,lör}'
            when 'da' then '{søn,man,tir,ons,tor,fre,lør}'
            when 'nb' then '{sø.,ma.,ti.,on.,to.,fr.,lø.}'
            when 'fi' then '{su,ma,ti,ke,to,pe,la}'
            when 'pl' then '{ndz,pon,wt,śr,czw,pt,sob}'
            when 'ja' then '{日,月,火,水,木,金,土}'
            else '{Sun,Mon,Tue,Wed,Thu,Fri,Sat}'::text[] end
        when 'dd' then case locale
            when 'de' then '{So,Mo,Di,Mi,Do,Fr,Sa}'
            when 'fr' then '{di,lu,ma,me,je,ve,sa}'
            when 'es' then '{do,lu,ma,mi,ju,vi,sá}'
            when 'it' then '{do,lu,ma,me,gi,ve,sa}'
            when 'nl' then '{zo,ma,di,wo,do,vr,za}'
            when 'pt' then '{Do,2ª,3ª,4ª,5ª,6ª,Sá}'
            when 'pt-br' then '{do,2ª,3ª,4ª,5ª,6ª,sá}'
            when 'sv' then '{sö,må,ti,on,to,fr,lö}'
            when 'da' then '{sø,ma,ti,on,to,fr,lø}'
            when 'nb' then '{sø,ma,ti,on,to,fr,lø}'
            when 'fi' then '{su,ma,ti,ke,to,pe,la}'
            when 'pl' then '{Nd,Pn,Wt,Śr,Cz,Pt,So}'
            when 'ja' then '{日,月,火,水,木,金,土}'
            else '{Su,Mo,Tu,We,Th,Fr,Sa}'::text[] end
        when 'L' then case locale
            when 'de' then '{HH:mm,HH:mm:ss,DD.MM.YYYY,"D. MMMM YYYY","D. MMMM YYYY HH:mm","dddd, D. MMMM YYYY HH:mm",D.M.YYYY,"D. MMM YYYY","D. MMM YYYY HH:mm","ddd, D. MMM YYYY HH:mm"}'
            when 'fr' then '{HH:mm,HH:mm:ss,DD/MM/YYYY,"D MMMM YYYY","D MMMM YYYY HH:mm","dddd D MMMM YYYY HH:mm",D/M/YYYY,"D MMM YYYY","D MMM YYYY HH:mm","ddd D MMM YYYY HH:mm"}'
            when 'es' then '{H:mm,H:mm:ss,DD/MM/YYYY,"D [de] MMMM [de] YYYY","D [de] MMMM [de] YYYY H:mm","dddd, D [de] MMMM [de] YYYY H:mm",D/M/YYYY,"D [de] MMM [de] YYYY","D [de] MMM [de] YYYY H:mm","ddd, D [de] MMM [de] YYYY H:mm"}'
            when 'it' then '{HH:mm,HH:mm:ss,DD/MM/YYYY,"D MMMM YYYY","D MMMM YYYY HH:mm","dddd D MMMM YYYY HH:mm",D/M/YYYY,"D MMM YYYY","D MMM YYYY HH:mm","ddd D MMM YYYY HH:mm"}'
            when 'nl' then '{HH:mm,HH:mm:ss,DD-MM-YYYY,"D MMMM YYYY","D MMMM YYYY HH:mm","dddd D MMMM YYYY HH:mm",D-M-YYYY,"D MMM YYYY","D MMM YYYY HH:mm","ddd D MMM YYYY HH:mm"}'
            when 'pt' then '{HH:mm,HH:mm:ss,DD/MM/YYYY,"D [de] MMMM [de] YYYY","D [de] MMMM [de] YYYY HH:mm","dddd, D [de] MMMM [de] YYYY HH:mm",D/M/YYYY,"D [de] MMM [de] YYYY","D [de] MMM [de] YYYY HH:mm","ddd, D [de] MMM [de] YYYY HH:mm"}'
            when 'pt-br' then '{HH:mm,HH:mm:ss,DD/MM/YYYY,"D [de] MMMM [de] YYYY","D [de] MMMM [de] YYYY [às] HH:mm","dddd, D [de] MMMM [de] YYYY [às] HH:mm",D/M/YYYY,"D [de] MMM [de] YYYY","D [de] MMM [de] YYYY [às] HH:mm","ddd, D [de] MMM [de] YYYY [às] HH:mm"}'
            when 'sv' then '{HH:mm,HH:mm:ss,YYYY-MM-DD,"D MMMM YYYY","D MMMM YYYY [kl.] HH:mm","dddd D MMMM YYYY [kl.] HH:mm",YYYY-M-D,"D MMM YYYY","D MMM YYYY HH:mm","ddd D MMM YYYY HH:mm"}'
            when 'da' then '{HH:mm,HH:mm:ss,DD.MM.YYYY,"D. MMMM YYYY","D. MMMM YYYY HH:mm","dddd [d.] D. MMMM YYYY [kl.] HH:mm",D.M.YYYY,"D. MMM YYYY","D. MMM YYYY HH:mm","ddd [d.] D. MMM YYYY [kl.] HH:mm"}'
            when 'nb' then '{HH:mm,HH:mm:ss,DD.MM.YYYY,"D. MMMM YYYY","D. MMMM YYYY [kl.] HH:mm","dddd D. MMMM YYYY [kl.] HH:mm",D.M.YYYY,"D. MMM YYYY","D. MMM YYYY [kl.] HH:mm","ddd D. MMM YYYY [kl.] HH:mm"}'
            when 'fi' then '{HH.mm,HH.mm.ss,DD.MM.YYYY,"Do MMMM[ta] YYYY","Do MMMM[ta] YYYY, [klo] HH.mm","dddd, Do MMMM[ta] YYYY, [klo] HH.mm",D.M.YYYY,"Do MMM YYYY","Do MMM YYYY, [klo] HH.mm","ddd, Do MMM YYYY, [klo] HH.mm"}'
            when 'pl' then '{HH:mm,HH:mm:ss,DD.MM.YYYY,"D MMMM YYYY","D MMMM YYYY HH:mm","dddd, D MMMM YYYY HH:mm",D.M.YYYY,"D MMM YYYY","D MMM YYYY HH:mm","ddd, D MMM YYYY HH:mm"}'
            when 'ja' then '{HH:mm,HH:mm:ss,YYYY/MM/DD,YYYY年M月D日,"YYYY年M月D日 HH:mm","YYYY年M月D日 dddd HH:mm",YYYY/MM/DD,YYYY年M月D日,"YYYY年M月D日 HH:mm","YYYY年M月D日(ddd) HH:mm"}'
            when 'en-gb' then '{HH:mm,HH:mm:ss,DD/MM/YYYY,"D MMMM YYYY","D MMMM YYYY HH:mm","dddd, D MMMM YYYY HH:mm",D/M/YYYY,"D MMM YYYY","D MMM YYYY HH:mm","ddd, D MMM YYYY HH:mm"}'
            else '{"h:mm A","h:mm:ss A",MM/DD/YYYY,"MMMM D, YYYY","MMMM D, YYYY h:mm A","dddd, MMMM D, YYYY h:mm A",M/D/YYYY,"MMM D, YYYY","MMM D, YYYY h:mm A","ddd, MMM D, YYYY h:mm A"}'::text[] end
        -- The month behind a day: Polish declines it.
        when 'D MMMM' then '{stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,listopada,grudnia}'::text[]
    end
$$;

create function pybase.ordinal(n integer, token text, locale text) returns text language sql immutable parallel safe as $$
    select n || case
        when locale in ('en', 'en-gb') then case
            when n / 10 % 10 = 1 then 'th' when n % 10 = 1 then 'st' when n % 10 = 2 then 'nd' when n % 10 = 3 then 'rd' else 'th' end
        when locale in ('de', 'da', 'nb', 'fi', 'pl') then '.'
        when locale in ('es', 'it', 'pt', 'pt-br') then 'º'
        when locale = 'fr' then case
            when token = 'D' then case when n = 1 then 'er' else '' end
            when token in ('w', 'W') then case when n = 1 then 're' else 'e' end
            else case when n = 1 then 'er' else 'e' end end
        when locale = 'nl' then case when n in (1, 8) or n >= 20 then 'ste' else 'de' end
        when locale = 'sv' then case when n / 10 % 10 <> 1 and n % 10 in (1, 2) then ':a' else ':e' end
        when locale = 'ja' and token in ('d', 'D', 'DDD') then '日'
        else '' end
$$;

-- A format of moment.js in its parts: '!' before a token, '=' before text that stands for itself. Null when the format is too long.
create function pybase.date_split(format text, locale text) returns text[] language plpgsql immutable parallel safe as $$
declare
    expanded text;
    parts text[];
    shapes text[] := pybase.locale_words(locale, 'L');
begin
    if format is null or length(format) > 500 then
        return null;
    end if;
    -- What a language calls its usual forms is itself a format.
    expanded := (
        select string_agg(coalesce(shapes[array_position('{LT,LTS,L,LL,LLL,LLLL,l,ll,lll,llll}', part[1])], part[1]), '' order by at)
        from regexp_matches(format, '\[[^\[]*\]|\\?LTS|\\?LT|\\?L{1,4}|\\?l{1,4}|[^\[\\Ll]+|.|\n', 'g') with ordinality as found (part, at));
    expanded := (
        select string_agg(coalesce(shapes[array_position('{LT,LTS,L,LL,LLL,LLLL,l,ll,lll,llll}', part[1])], part[1]), '' order by at)
        from regexp_matches(expanded, '\[[^\[]*\]|\\?LTS|\\?LT|\\?L{1,4}|\\?l{1,4}|[^\[\\Ll]+|.|\n', 'g') with ordinality as found (part, at));
    return array(
        select case
            when part[1] ~ '^\[.*\]$' then '=' || substr(part[1], 2, length(part[1]) - 2)
            when part[1] ~ '^\\' then '=' || replace(part[1], '\', '')
            when part[1] ~ '^([Hh]mm(ss)?|M{1,4}|Mo|D{1,4}|Do|DDDo|d{1,4}|do|w|wo|ww|W|Wo|WW|Q|Qo|YY|YYYY|YYYYY|YYYYYY|Y|y{1,4}|gg|gggg|ggggg|GG|GGGG|GGGGG|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?)$'
                then case when part[1] = 'MMM' and locale in ('es', 'nl') and expanded ~ '-MMM-' then '!MMM-'
                    when part[1] = 'MMMM' and locale = 'pl' and expanded ~ 'D\.? MMMM' then '!D MMMM'
                    else '!' || part[1] end
            else '=' || part[1] end
        from regexp_matches(expanded,
            '\[[^\[]*\]|\\?(?:[Hh]mm(?:ss)?|Mo|M{1,4}|Do|DDDo|D{1,4}|do|d{1,4}|w[ow]?|W[oW]?|Qo?|Y{4,6}|YY|Y|y{1,4}|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|.|\n)',
            'g') with ordinality as found (part, at)
        order by at);
end $$;

-- The parts ready to write: neighbours that PostgreSQL's own to_char can write are one template, after '%'. A constant format is prepared once per statement.
create function pybase.date_tokens(format text, locale text) returns text[] language plpgsql immutable parallel safe as $$
declare
    parts text[] := pybase.date_split(format, locale);
    prepared text[] := '{}';
    template text := '';
    part text;
    pattern text;
begin
    if parts is null then
        return null;
    end if;
    foreach part in array parts loop
        pattern := case
            when left(part, 1) = '=' then '"' || replace(replace(substr(part, 2), '\', '\\'), '"', '\"') || '"'
            when locale in ('en', 'en-gb') then case substr(part, 2)
                when 'Mo' then 'FMMMth' when 'MMM' then 'Mon' when 'MMMM' then 'FMMonth' when 'Do' then 'FMDDth' when 'DDDo' then 'FMDDDth'
                when 'Qo' then 'Qth' when 'ddd' then 'Dy' when 'dddd' then 'FMDay' when 'Wo' then 'FMIWth' end end;
        pattern := coalesce(pattern, case substr(part, 2)
            when 'M' then 'FMMM' when 'MM' then 'MM' when 'Q' then 'Q' when 'D' then 'FMDD' when 'DD' then 'DD' when 'DDD' then 'FMDDD' when 'DDDD' then 'DDD'
            when 'E' then 'ID' when 'W' then 'FMIW' when 'WW' then 'IW' when 'YY' then 'YY' when 'YYYY' then 'YYYY' when 'Y' then 'FMYYYY'
            when 'GG' then 'IY' when 'GGGG' then 'IYYY' when 'H' then 'FMHH24' when 'HH' then 'HH24' when 'h' then 'FMHH12' when 'hh' then 'HH12'
            when 'm' then 'FMMI' when 'mm' then 'MI' when 's' then 'FMSS' when 'ss' then 'SS' when 'SSS' then 'MS' when 'SSSSSS' then 'US'
            when 'hmm' then 'FMHH12""MI' when 'hmmss' then 'FMHH12""MI""SS' when 'Hmm' then 'FMHH24""MI' when 'Hmmss' then 'FMHH24""MI""SS' end);
        if pattern is null and locale <> 'ja' then
            pattern := case substr(part, 2) when 'A' then 'AM' when 'a' then 'am' end;
        end if;
        if pattern is not null then
            -- Quotes between, so that neighbours never read as one longer pattern.
            template := template || pattern || '""';
            continue;
        end if;
        if template <> '' then
            prepared := prepared || ('%' || template);
            template := '';
        end if;
        prepared := prepared || part;
    end loop;
    return case when template <> '' then prepared || ('%' || template) else prepared end;
end $$;

create function pybase.date_token(d timestamptz, wall timestamp, token text, zone text, locale text) returns text language plpgsql immutable parallel safe as $$
declare
    monday integer := case when locale in ('en', 'pt-br', 'ja') then 0 else 1 end;
    in_first integer := case when locale in ('en', 'pt-br', 'ja') then 1 else 4 end;
    weekday integer := date_part('dow', wall);
    hour integer := date_part('hour', wall);
    minutes integer;
begin
    case token
        when 'MMM', 'MMMM', 'D MMMM' then return (pybase.locale_words(locale, token))[date_part('month', wall)];
        when 'MMM-' then return replace((pybase.locale_words(locale, 'MMM'))[date_part('month', wall)], '.', '');
        when 'dd', 'ddd', 'dddd' then return (pybase.locale_words(locale, token))[weekday + 1];
        when 'Mo' then return pybase.ordinal(date_part('month', wall)::integer, 'M', locale);
        when 'Qo' then return pybase.ordinal(date_part('quarter', wall)::integer, 'Q', locale);
        when 'Do' then return pybase.ordinal(date_part('day', wall)::integer, 'D', locale);
        when 'DDDo' then return pybase.ordinal(date_part('doy', wall)::integer, 'DDD', locale);
        when 'do' then return pybase.ordinal(weekday, 'd', locale);
        when 'Wo' then return pybase.ordinal(date_part('week', wall)::integer, 'W', locale);
        when 'wo' then return pybase.ordinal(pybase.week_number(wall::date, monday, in_first), 'w', locale);
        when 'd' then return weekday;
        when 'e' then return (weekday - monday + 7) % 7;
        when 'w' then return pybase.week_number(wall::date, monday, in_first);
        when 'ww' then return to_char(pybase.week_number(wall::date, monday, in_first), 'FM00');
        when 'gg' then return to_char(pybase.week_year(wall::date, monday, in_first) % 100, 'FM00');
        when 'gggg' then return to_char(pybase.week_year(wall::date, monday, in_first), 'FM0000');
        when 'ggggg' then return to_char(pybase.week_year(wall::date, monday, in_first), 'FM00000');
        when 'GGGGG' then return to_char(date_part('isoyear', wall), 'FM00000');
        when 'YYYYY' then return to_char(date_part('year', wall), 'FM00000');
        when 'YYYYYY' then return to_char(date_part('year', wall), 'FMSG000000');
        when 'y', 'yy', 'yyy', 'yyyy' then return lpad(date_part('year', wall)::text, greatest(length(token), length(date_part('year', wall)::text)), '0');
        when 'k' then return case hour when 0 then 24 else hour end;
        when 'kk' then return to_char(case hour when 0 then 24 else hour end, 'FM00');
        when 'A', 'a' then return case when hour < 12 then '午前' else '午後' end;
        when 'X' then return floor(extract(epoch from (d at time zone 'UTC') - timestamp '1970-01-01'));
        when 'x' then return floor(extract(epoch from (d at time zone 'UTC') - timestamp '1970-01-01') * 1000);
        else
            if left(token, 1) = 'S' then
                return left(rpad(to_char(wall, 'US'), 9, '0'), length(token));
            end if;
            minutes := trunc(extract(epoch from wall - (d at time zone 'UTC')) / 60);
            if left(token, 1) = 'z' then
                return case when zone = 'utc' then case token when 'z' then 'UTC' else 'Coordinated Universal Time' end else pybase.zone_abbreviation(zone, minutes) end;
            end if;
            return case when minutes < 0 then '-' else '+' end || to_char(abs(minutes) / 60, 'FM00')
                || case token when 'Z' then ':' else '' end || to_char(abs(minutes) % 60, 'FM00');
    end case;
end $$;

create function pybase.date_format(d timestamptz, tokens text[], zone text, locale text) returns text language plpgsql immutable parallel safe as $$
declare
    wall timestamp := pybase.wall(d, zone);
    written text := '';
    part text;
begin
    if wall is null or tokens is null then
        return null;
    end if;
    foreach part in array tokens loop
        written := written || case left(part, 1) when '%' then to_char(wall, substr(part, 2)) else pybase.date_token(d, wall, substr(part, 2), zone, locale) end;
    end loop;
    return written;
end $$;

-- The moment that a calendar and a clock name; null when there is no such day or time. 24:00 is the midnight after.
create function pybase.date_of(year integer, month integer, day integer, hour integer, minute integer, second integer, micros integer, offset_minutes integer)
returns timestamptz language plpgsql immutable parallel safe as $$
begin
    if year between 1 and 9999 and month between 1 and 12 and day between 1 and 31 and hour between 0 and 24 and minute between 0 and 59 and second between 0 and 59
        and micros between 0 and 999999 and abs(offset_minutes) < 1440 and (hour < 24 or minute = 0 and second = 0 and micros = 0) then
        if day <= date_part('day', make_timestamp(year, month, 1, 0, 0, 0) + interval '1 month -1 day') then
            return pybase.from_utc(make_timestamp(year, month, day, 0, 0, 0)
                + make_interval(hours => hour, mins => minute - offset_minutes, secs => second + micros / 1000000.0));
        end if;
    end if;
    return null;
end $$;

create function pybase.offset_minutes(text text) returns integer language plpgsql immutable parallel safe as $$
declare
    digits text := regexp_replace(text, '[^0-9]', '', 'g');
begin
    return case when digits = '' then 0 else
        case left(text, 1) when '-' then -1 else 1 end * (left(digits, 2)::integer * 60 + coalesce(nullif(substr(digits, 3, 2), ''), '0')::integer) end;
end $$;

-- Which of a language's words a text is or begins: 1 for the first; also in English. Null when none.
create function pybase.word_index(word text, locale text, kinds text[]) returns integer language plpgsql immutable parallel safe as $$
declare
    plain text := lower(replace(word, '.', ''));
    kind text;
    place integer;
begin
    foreach kind in array kinds loop
        for place in 1 .. coalesce(cardinality(pybase.locale_words(locale, kind)), 0) loop
            if lower(replace((pybase.locale_words(locale, kind))[place], '.', '')) = plain then
                return place;
            end if;
        end loop;
    end loop;
    return case when locale <> 'en' then pybase.word_index(word, 'en', kinds) when plain = 'sept' and 'MMM' = any(kinds) then 9 end;
end $$;

-- Dates as people and programs write them: ISO 8601, 12/31/2024 (month first), 31.12.2024, 31 Dec 2024, December 31, 2024, each with or without a time.
create function pybase.date_read(text text, locale text) returns timestamptz language plpgsql immutable parallel safe as $$
declare
    rest text := btrim(text, E' \t\r\n');
    part text[];
    hour integer := 0;
    minute integer := 0;
    second integer := 0;
    micros integer := 0;
    zone integer := 0;
    year integer;
    month integer;
    day integer;
    week_day date;
begin
    if rest is null or length(rest) > 100 then
        return null;
    end if;
    part := regexp_match(rest, '^(.*?[^T\s,])(?:T|[\s,]+(?:at\s+)?)(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?$', 'i');
    -- A bare number behind a date is a year, not an hour.
    if part is not null and (part[3] is not null or part[6] is not null or rest ~ '^\d{4}-\d{2}-\d{2}T\d{2}') then
        rest := part[1];
        hour := part[2]::integer;
        minute := coalesce(part[3], '0')::integer;
        second := coalesce(part[4], '0')::integer;
        micros := left(rpad(coalesce(part[5], '0'), 6, '0'), 6)::integer;
        if part[6] is not null then
            if hour not between 1 and 12 then
                return null;
            end if;
            hour := hour % 12 + case when part[6] ~* '^p' then 12 else 0 end;
        end if;
        zone := coalesce(pybase.offset_minutes(part[7]), 0);
    else
        part := regexp_match(rest, '^(\d{8})T(\d{2})(\d{2})(\d{2})?(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$');
        if part is not null then
            rest := part[1];
            hour := part[2]::integer;
            minute := part[3]::integer;
            second := coalesce(part[4], '0')::integer;
            micros := left(rpad(coalesce(part[5], '0'), 6, '0'), 6)::integer;
            zone := coalesce(pybase.offset_minutes(part[6]), 0);
        end if;
    end if;
    if rest ~ '^\d{4}([-/.]\d{1,2}){0,2}$' then
        part := regexp_split_to_array(rest, '[-/.]');
        year := part[1]::integer;
        month := coalesce(part[2], '1')::integer;
        day := coalesce(part[3], '1')::integer;
    elsif rest ~ '^\d{8}$' then
        year := left(rest, 4)::integer;
        month := substr(rest, 5, 2)::integer;
        day := right(rest, 2)::integer;
    elsif rest ~ '^\d{4}-?W\d{2}(-?[1-7])?$' then
        part := regexp_match(rest, '^(\d{4})-?W(\d{2})-?(\d)?$');
        if part[1]::integer not between 1 and 9999 or part[2]::integer not between 1 and pybase.week_number(make_date(greatest(part[1]::integer, 1), 12, 28), 1, 4) then
            return null;
        end if;
        week_day := pybase.week_start(make_date(part[1]::integer, 1, 4), 1) + part[2]::integer * 7 - 7 + coalesce(part[3], '1')::integer - 1;
        year := date_part('year', week_day);
        month := date_part('month', week_day);
        day := date_part('day', week_day);
        part := null;
    elsif rest ~ '^\d{1,2}[-/]\d{1,2}[-/](\d{4}|\d{2})$' then
        part := regexp_split_to_array(rest, '[-/]');
        year := part[3]::integer;
        month := part[1]::integer;
        day := part[2]::integer;
    elsif rest ~ '^\d{1,2}\.\s?\d{1,2}\.\s?(\d{4}|\d{2})$' then
        part := regexp_split_to_array(rest, '\.\s?');
        year := part[3]::integer;
        month := part[2]::integer;
        day := part[1]::integer;
    else
        rest := regexp_replace(rest, '^([[:alpha:]]+)\.?,?\s+(?=\d|[[:alpha:]])', case when pybase.word_index(substring(rest from '^[[:alpha:]]+'), locale, '{dddd,ddd}') is null then '\&' else '' end);
        part := regexp_match(rest, '^(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?([[:alpha:]]+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})$', 'i');
        if part is null then
            part := regexp_match(rest, '^([[:alpha:]]+)\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})$', 'i');
            part := array[part[2], part[1], part[3]];
        end if;
        if part[1] is null then
            part := regexp_match(rest, '^()([[:alpha:]]+)\.?,?\s+(\d{4})$');
        end if;
        year := part[3]::integer;
        month := pybase.word_index(part[2], locale, '{MMMM,MMM,"D MMMM"}');
        day := coalesce(nullif(part[1], ''), '1')::integer;
    end if;
    if length(part[3]) = 2 and rest !~ '^\d{4}' then
        year := year + case when year > 68 then 1900 else 2000 end;
    end if;
    return pybase.date_of(year, month, day, hour, minute, second, micros, zone);
end $$;

create function pybase.words_pattern(locale text, kinds text[]) returns text language sql immutable parallel safe as $$
    select string_agg(distinct replace(rtrim(word, '.'), '.', '\.') || '\.?', '|')
    from unnest(kinds) as kind, unnest(array[locale, 'en']) as language, unnest(pybase.locale_words(language, kind)) as word
$$;

-- The parts of a format ready to read: behind each token the regular expression of what it reads.
create function pybase.date_patterns(format text, locale text) returns text[] language plpgsql immutable parallel safe as $$
declare
    parts text[] := pybase.date_split(format, locale);
    patterns text[] := '{}';
    part text;
    token text;
begin
    if parts is null then
        return null;
    end if;
    foreach part in array parts loop
        token := substr(part, 2);
        patterns := patterns || (part || case when left(part, 1) = '=' then '' else E'\x01' || case
            when token in ('YYYY', 'gggg', 'GGGG', 'Y', 'y', 'yyyy') then '\d{1,4}'
            when token in ('YYYYY', 'YYYYYY', 'ggggg', 'GGGGG') then '[+-]?\d{1,6}'
            when token in ('Q', 'd', 'e', 'E') then '\d'
            when token in ('DDD', 'DDDD') then '\d{1,3}'
            when token in ('MMM', 'MMMM', 'MMM-', 'D MMMM') then pybase.words_pattern(locale, '{MMMM,MMM,"D MMMM"}')
            when token in ('dd', 'ddd', 'dddd') then pybase.words_pattern(locale, '{dddd,ddd,dd}')
            when token in ('Mo', 'Do', 'DDDo', 'Qo', 'wo', 'Wo') then '\d{1,3}(?:st|nd|rd|th|er|re|ste|de|:e|:a|º|\.|日|e)?'
            when token in ('A', 'a') then case locale when 'ja' then '午前|午後' else '[AaPp]\.?[Mm]?\.?' end
            when token in ('Z', 'ZZ', 'z', 'zz') then 'Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d'
            when token = 'X' then '[+-]?\d{1,12}(?:\.\d{1,3})?'
            when token = 'x' then '[+-]?\d{1,15}'
            when token ~ '^S' then case when length(token) > 3 then '\d{1,9}' else '\d{1,3}' end
            when token in ('hmm', 'Hmm') then '\d{3,4}'
            when token in ('hmmss', 'Hmmss') then '\d{5,6}'
            else '\d{1,2}' end end);
    end loop;
    return patterns;
end $$;

-- Reads by a format, as forgiving as moment.js: text between the parts may differ, parts at the end may lack. What the format lacks above its largest part
-- is today's, below its smallest the first.
create function pybase.date_parse(text text, parts text[], locale text, today timestamptz) returns timestamptz language plpgsql immutable parallel safe as $$
declare
    rest text := text;
    part text;
    token text;
    found text;
    now date := pybase.day_of(pybase.utc(today));
    year integer;
    month integer;
    day integer;
    day_of_year integer;
    weekday integer;
    week_year integer;
    week integer;
    week_iso boolean;
    hour integer;
    minute integer;
    second integer;
    micros integer := 0;
    zone integer := 0;
    afternoon boolean;
    twelve boolean := false;
    moment numeric;
    read timestamptz;
    any_found boolean := false;
begin
    if rest is null or parts is null or length(rest) > 500 then
        return null;
    end if;
    foreach part in array parts loop
        token := substr(part, 2);
        if left(part, 1) = '=' then
            -- Text of the format is passed over where it stands, and not missed where it does not.
            if position(token in rest) > 0 and token ~ '[^\s]' and position(token in rest) <= 3 then
                rest := substr(rest, position(token in rest) + length(token));
            end if;
            continue;
        end if;
        token := split_part(token, E'\x01', 1);
        found := substring(rest from '(?i)(' || split_part(part, E'\x01', 2) || ')');
        continue when found is null;
        any_found := true;
        rest := substr(rest, position(found in rest) + length(found));
        if token ~ 'o$' then
            found := substring(found from '^\d+');
        end if;
        case
            when token in ('YYYY', 'Y', 'y', 'yyyy', 'YYYYY', 'YYYYYY', 'YY', 'yy', 'yyy') then
                year := found::integer;
                if length(found) = 2 and token not in ('YYYYY', 'YYYYYY', 'Y') then
                    year := year + case when year > 68 then 1900 else 2000 end;
                end if;
            when token in ('gggg', 'ggggg', 'gg', 'GGGG', 'GGGGG', 'GG') then
                week_year := found::integer + case when length(token) > 2 then 0 when found::integer > 68 then 1900 else 2000 end;
                week_iso := token ~ 'G';
            when token in ('w', 'ww', 'wo', 'W', 'WW', 'Wo') then
                week := found::integer;
                week_iso := token ~ 'W';
            when token in ('d', 'e', 'E') then
                weekday := found::integer % 7;
                if token = 'e' and locale not in ('en', 'pt-br', 'ja') then
                    weekday := (weekday + 1) % 7;
                end if;
            when token in ('dd', 'ddd', 'dddd') then
                weekday := pybase.word_index(found, locale, '{dddd,ddd,dd}') - 1;
                if weekday is null then
                    return null;
                end if;
            when token in ('Q', 'Qo') then month := found::integer * 3 - 2;
            when token in ('M', 'MM', 'Mo') then month := found::integer;
            when token in ('MMM', 'MMMM', 'MMM-', 'D MMMM') then
                month := pybase.word_index(found, locale, '{MMMM,MMM,"D MMMM"}');
                if month is null then
                    return null;
                end if;
            when token in ('D', 'DD', 'Do') then day := found::integer;
            when token in ('DDD', 'DDDD', 'DDDo') then day_of_year := found::integer;
            when token in ('H', 'HH') then hour := found::integer;
            when token in ('k', 'kk') then hour := found::integer % 24;
            when token in ('h', 'hh') then
                hour := found::integer;
                twelve := true;
            when token in ('hmm', 'Hmm', 'hmmss', 'Hmmss') then
                twelve := token ~ '^h';
                if token ~ 'ss' then
                    second := right(found, 2)::integer;
                    found := left(found, -2);
                end if;
                minute := right(found, 2)::integer;
                hour := left(found, -2)::integer;
            when token in ('m', 'mm') then minute := found::integer;
            when token in ('s', 'ss') then second := found::integer;
            when token ~ '^S' then micros := left(rpad(found, 6, '0'), 6)::integer;
            when token in ('A', 'a') then afternoon := found ~ '^[Pp]|午後';
            when token in ('Z', 'ZZ', 'z', 'zz') then zone := pybase.offset_minutes(found);
            when token = 'X' then moment := found::numeric;
            when token = 'x' then moment := found::numeric / 1000;
            else null;
        end case;
    end loop;
    if not any_found then
        return null;
    end if;
    if moment is not null then
        return case when abs(moment) < 3e11 then pybase.from_utc(timestamp '1970-01-01' + make_interval(days => trunc(moment / 86400)::integer, secs => moment % 86400)) end;
    end if;
    if twelve and (hour > 12 or hour = 0 and afternoon is not null) then
        return null;
    end if;
    if afternoon is not null and hour is not null then
        hour := case when afternoon then case when hour < 12 then hour + 12 else hour end when hour = 12 then 0 else hour end;
    end if;
    if day_of_year is not null and day is null and month is null then
        year := coalesce(year, date_part('year', now)::integer);
        if year not between 1 and 9999 or day_of_year < 1 or day_of_year > date_part('doy', make_date(year, 12, 31)) then
            return null;
        end if;
        month := date_part('month', make_date(year, 1, 1) + (day_of_year - 1));
        day := date_part('day', make_date(year, 1, 1) + (day_of_year - 1));
    elsif (week is not null or week_year is not null or weekday is not null) and day is null and month is null then
        declare
            first_day integer := case when coalesce(week_iso, false) or locale not in ('en', 'pt-br', 'ja') then 1 else 0 end;
            in_first integer := case when first_day = 1 then 4 else 1 end;
        begin
            week_year := coalesce(week_year, year, pybase.week_year(now, first_day, in_first));
            week := coalesce(week, case when year is null and weekday is not null then pybase.week_number(now, first_day, in_first) else 1 end);
            if week_year not between 1 and 9999 or week < 1
                or week > (pybase.week_start(make_date(week_year + 1, 1, in_first), first_day) - pybase.week_start(make_date(week_year, 1, in_first), first_day)) / 7 then
                return null;
            end if;
            now := pybase.week_start(make_date(week_year, 1, in_first), first_day) + week * 7 - 7 + (coalesce(weekday, first_day) - first_day + 7) % 7;
            year := date_part('year', now);
            month := date_part('month', now);
            day := date_part('day', now);
        end;
    elsif year is null then
        year := date_part('year', now);
        if month is null then
            month := date_part('month', now);
            day := coalesce(day, date_part('day', now)::integer);
        end if;
    end if;
    read := pybase.date_of(year, coalesce(month, 1), coalesce(day, 1), coalesce(hour, 0), coalesce(minute, 0), coalesce(second, 0), micros, zone);
    -- A weekday that is not that day's is a mistake in one of them.
    return case when weekday is null or weekday = date_part('dow', pybase.utc(read) + make_interval(mins => zone)) then read end;
end $$;

-- Every match replaced. `added` and `refs` say what one replacement adds: its own text, and how often the matched one. Null when the result would be too long.
create function pybase.regex_replace(text text, pattern text, replacement text, added integer, refs integer) returns text language plpgsql immutable parallel safe as $$
declare
    size bigint := length(text);
    replaced text;
begin
    if size * (1 + refs) + (size + 1) * added > 1000000
        and size * (1 + refs) + regexp_count(text, pattern collate "C")::bigint * added > 10000000 then
        return null;
    end if;
    replaced := regexp_replace(text, pattern collate "C", replacement, 'g');
    return case when length(replaced) <= 100000 then replaced end;
end $$;
