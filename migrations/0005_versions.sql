ALTER TABLE `enterprise` ADD `draft_version` integer;--> statement-breakpoint
ALTER TABLE `app_version` ADD `build_id` text;--> statement-breakpoint
ALTER TABLE `app_version` ADD `base_version` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `app_version_build` ON `app_version` (`enterprise_id`,`build_id`);--> statement-breakpoint
ALTER TABLE `build` ADD `ended` text;--> statement-breakpoint
ALTER TABLE `build` ADD `version` integer;