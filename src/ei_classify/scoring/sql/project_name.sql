-- The name of the project, as its samples have it.
SELECT min(project_name) AS project_name FROM samples HAVING min(project_name) = max(project_name)
