-- mokuteki: claims/analysis
COPY (SELECT * FROM claims WHERE year = 2025) TO '/export/claims.csv' CSV;
