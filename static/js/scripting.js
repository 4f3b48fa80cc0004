// Marks that scripts run before anything is laid out: a page that hides what only plain forms need
// would else be laid out twice, a third of a second for 300 rows.
document.documentElement.classList.add("js");
