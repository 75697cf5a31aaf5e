-- Each program signs in under a role of its own and holds only the grants it needs (the last migration of this series
-- gives them). A role without a password can sign in only where the operator's pg_hba.conf trusts it.
do $$
declare
    program text;
begin
    foreach program in array array['meridian_intake', 'meridian_routing', 'meridian_supplier', 'meridian_reporting'] loop
        begin
            execute format('create role %I login', program);
        exception
            when duplicate_object or unique_violation then null;
        end;
        execute format('grant usage on schema public to %I', program);
    end loop;
end
$$;
