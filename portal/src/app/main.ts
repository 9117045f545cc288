import "./page/portal-app";
